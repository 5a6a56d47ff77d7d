package dev.drawbridge.web;

import dev.drawbridge.config.HistoryProperties;
import dev.drawbridge.security.AddressRate;
import dev.drawbridge.security.HistoryAccess;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Lets users in to the past of their rooms. */
@Component
public class PastGate {
    private final CallerGate gate;
    private final AllowedOrigins origins;
    private final AddressRate rate;

    PastGate(CallerGate gate, AllowedOrigins origins, HistoryProperties properties) {
        this.gate = gate;
        this.origins = origins;
        this.rate = new AddressRate(properties.rate(), Duration.ofMinutes(1), System::nanoTime);
    }

    /**
     * Lets a request in, or answers why not. A browser sends cookies along for whichever page asks: a change in the name of a
     * visitor is taken from pages that may speak for them, and from no others.
     *
     * @param room always a valid room id
     * @param needed what one must be allowed to do with the past of the room
     * @param brought whether another node, which has let it in, has brought it
     */
    public Optional<CallerGate.Entry> admit(
            HttpServletRequest request,
            HttpServletResponse response,
            String room,
            HistoryAccess needed,
            boolean brought)
            throws IOException {
        if (request.getMethod().equals("POST") && !mayChange(request)) {
            CallerGate.problem(
                    response, HttpStatus.FORBIDDEN, "forbidden", "Pages of this origin may not do this for you");
            return Optional.empty();
        }
        return gate.admit(request, response, room, needed, brought ? Optional.empty() : Optional.of(rate));
    }

    private boolean mayChange(HttpServletRequest request) {
        return origins.contain(request)
                && (request.getHeader(HttpHeaders.COOKIE) == null || origins.letCookiesSpeak(request));
    }
}
