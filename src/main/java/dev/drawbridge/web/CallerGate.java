package dev.drawbridge.web;

import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.HostReason;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.RoomId;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AddressRate;
import dev.drawbridge.security.Caller;
import dev.drawbridge.security.CallerAccess;
import dev.drawbridge.security.CallerDecision;
import dev.drawbridge.security.HistoryAccess;
import dev.drawbridge.security.Permission;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/**
 * Lets plain HTTP requests in for what belongs to rooms: by {@code ?room=}, and by the token in {@code ?token=} or in {@code
 * Authorization: Bearer}, as the sockets of rooms. Its routes are among those of {@link HiddenQueryFilter}.
 */
@Component
public class CallerGate {
    private static final Logger log = LoggerFactory.getLogger(CallerGate.class);
    private static final String ROOM = "room";
    private static final Duration LATER = Duration.ofSeconds(5);

    private final CallerAccess access;

    /**
     * Who is let in.
     *
     * @param query of the request, decoded
     * @param room which it is for, when that is known: always a valid room id
     * @param who whom it is given to
     */
    public record Entry(MultiValueMap<String, String> query, Optional<String> room, Allowed who) {

        /** Without the query: it may hold a token, and Spring writes arguments to its logs. */
        @Override
        public String toString() {
            return "Entry[room=" + room + "]";
        }
    }

    CallerGate(CallerAccess access) {
        this.access = access;
    }

    /**
     * Lets a request in, or answers why not: 400 when the room has to be named, 401, 403, 429 or 503.
     *
     * @param needed what one must be allowed to do in the room
     * @param rate how often an address may ask where strangers are let in
     */
    public Optional<Entry> admit(
            HttpServletRequest request, HttpServletResponse response, Permission needed, AddressRate rate)
            throws IOException {
        MultiValueMap<String, String> query =
                FormQuery.of(HiddenQuery.of(request).query());
        String name = query.getFirst(ROOM);
        Optional<String> room = name == null ? Optional.empty() : RoomId.of(name);
        if (name != null && room.isEmpty()) {
            problem(response, HttpStatus.BAD_REQUEST, "invalid-request", "A room id is " + RoomId.RULE);
            return Optional.empty();
        }
        Caller caller = new Caller(query, headers(request), request.getRemoteAddr());
        return admit(caller, access.decide(caller, room, needed, rate), response);
    }

    /**
     * Lets a request in for what is known to belong to a room, however often it comes; or answers why not.
     *
     * @param room which it belongs to; empty when to none, which is for everybody who may enter some room
     */
    public Optional<Entry> admit(
            HttpServletRequest request, HttpServletResponse response, Optional<String> room, Permission needed)
            throws IOException {
        MultiValueMap<String, String> query =
                FormQuery.of(HiddenQuery.of(request).query());
        Caller caller = new Caller(query, headers(request), request.getRemoteAddr());
        return admit(caller, access.decide(caller, room, needed), response);
    }

    /**
     * Lets a request in for the past of a room, or answers why not.
     *
     * @param room always a valid room id
     * @param needed what one must be allowed to do with the past of the room
     * @param rate how often an address may ask where strangers are let in; empty when that has been counted
     */
    Optional<Entry> admit(
            HttpServletRequest request,
            HttpServletResponse response,
            String room,
            HistoryAccess needed,
            Optional<AddressRate> rate)
            throws IOException {
        MultiValueMap<String, String> query =
                FormQuery.of(HiddenQuery.of(request).query());
        Caller caller = new Caller(query, headers(request), request.getRemoteAddr());
        CallerDecision decision = rate.isPresent()
                ? access.decide(caller, room, needed, rate.get())
                : access.decide(caller, room, needed);
        return admit(caller, decision, response);
    }

    private static Optional<Entry> admit(Caller caller, CallerDecision decision, HttpServletResponse response)
            throws IOException {
        return switch (decision) {
            case CallerDecision.Granted(Optional<String> meant, Allowed who) ->
                Optional.of(new Entry(caller.query(), meant.flatMap(RoomId::of), who));
            case CallerDecision.NameTheRoom() -> {
                problem(response, HttpStatus.BAD_REQUEST, "invalid-request", "The room is to be named: ?room=…");
                yield Optional.empty();
            }
            case CallerDecision.Refused(CloseReason reason, String why) -> {
                log.debug("{}: refused: {}: {}", caller, reason, why);
                refuse(response, reason);
                yield Optional.empty();
            }
            case CallerDecision.TooOften(Duration pause) -> {
                retryAfter(response, pause);
                problem(response, HttpStatus.TOO_MANY_REQUESTS, "rate-limited", "Not so often");
                yield Optional.empty();
            }
            case CallerDecision.Unavailable(String why) -> {
                log.warn("{}: told to come back later: {}", caller, why);
                retryAfter(response, LATER);
                problem(
                        response,
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "access-unavailable",
                        "It cannot be told now who may do this");
                yield Optional.empty();
            }
        };
    }

    private static void refuse(HttpServletResponse response, CloseReason reason) throws IOException {
        if (reason.kind() == RefusalReason.NOT_AUTHENTICATED) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problem(response, HttpStatus.UNAUTHORIZED, "unauthorized", "This needs a token that is good");
        } else {
            String words = reason instanceof HostReason(String text) ? text : "You may not do this in the room";
            problem(response, HttpStatus.FORBIDDEN, "forbidden", words);
        }
    }

    static void problem(HttpServletResponse response, HttpStatus status, String type, String detail)
            throws IOException {
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        ProblemAnswer.writeUntitled(response, status, "urn:drawbridge:problem:" + type, detail);
    }

    /** In whole seconds, rounded up. */
    private static void retryAfter(HttpServletResponse response, Duration wait) {
        response.setHeader(
                HttpHeaders.RETRY_AFTER,
                String.valueOf(wait.plusNanos(999_999_999).toSeconds()));
    }

    private static HttpHeaders headers(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        request.getHeaderNames().asIterator().forEachRemaining(name -> request.getHeaders(name)
                .asIterator()
                .forEachRemaining(value -> headers.add(name, value)));
        return headers;
    }
}
