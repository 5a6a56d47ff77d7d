package dev.drawbridge.web.mcp;

import dev.drawbridge.config.McpProperties;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AddressRate;
import dev.drawbridge.security.BearerLogin;
import dev.drawbridge.security.BearerLogin.Who;
import dev.drawbridge.security.Caller;
import dev.drawbridge.security.CallerAccess;
import dev.drawbridge.security.CallerDecision;
import dev.drawbridge.security.Permission;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.LinkedMultiValueMap;

/**
 * Lets messages in, before anything of them is read: by the token in {@code Authorization: Bearer}, an operator's or a user's. A
 * cookie speaks for nobody here, so that no page can use what a browser sends along; nor does a query, which ends in logs.
 */
@Component
@McpWhenEnabled
class McpGate {
    private static final Logger log = LoggerFactory.getLogger(McpGate.class);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final BearerLogin login;
    private final CallerAccess access;
    private final AddressRate rate;

    McpGate(BearerLogin login, CallerAccess access, McpProperties properties) {
        this.login = login;
        this.access = access;
        this.rate = new AddressRate(properties.rate(), Duration.ofMinutes(1), System::nanoTime);
    }

    /** @param brought whether another node, which has let it in, has brought it: then it has been counted */
    Guest admit(HttpServletRequest request, boolean brought) throws RpcError {
        String address = request.getRemoteAddr();
        HttpHeaders headers = headers(request);
        Optional<String> token = BearerLogin.token(headers);
        Who who = login.who(token, address);
        if (who instanceof Who.Operator) {
            return new Guest.Operator();
        }
        if (token.isPresent() && access.letsStrangersIn()) {
            throw wrongToken(who, address);
        }
        Caller caller = new Caller(new LinkedMultiValueMap<>(), headers, address);
        CallerDecision decision = brought
                ? access.decide(caller, Optional.empty(), Permission.VIEW)
                : access.decide(caller, Optional.empty(), Permission.VIEW, rate);
        return switch (decision) {
            case CallerDecision.Granted _ -> new Guest.User(caller, false);
            case CallerDecision.NameTheRoom _ -> new Guest.User(caller, who instanceof Who.Other);
            case CallerDecision.Refused(CloseReason reason, String why) -> {
                log.debug("{}: refused: {}: {}", caller, reason, why);
                if (reason.kind() == RefusalReason.NOT_AUTHENTICATED) {
                    throw wrongToken(who, address);
                }
                throw new RpcError(HttpStatus.FORBIDDEN, RpcError.NOT_LET_IN, "You may not enter: " + reason.text());
            }
            case CallerDecision.TooOften(Duration pause) ->
                throw later(HttpStatus.TOO_MANY_REQUESTS, pause, "Not so often");
            case CallerDecision.Unavailable(String why) -> {
                log.warn("{}: told to come back later: {}", caller, why);
                throw later(HttpStatus.SERVICE_UNAVAILABLE, LATER, "It cannot be told now who may enter");
            }
        };
    }

    private RpcError wrongToken(Who who, String address) {
        if (who instanceof Who.TooSoon(Duration pause)) {
            return later(HttpStatus.TOO_MANY_REQUESTS, pause, "Too many attempts with a wrong token");
        }
        if (who instanceof Who.Other) {
            login.wasNobodys(address);
        }
        return new RpcError(
                HttpStatus.UNAUTHORIZED,
                RpcError.NOT_LET_IN,
                who instanceof Who.Nobody
                        ? "This needs a token: Authorization: Bearer <token>"
                        : "The token in Authorization: Bearer is wrong, or over",
                Map.of(HttpHeaders.WWW_AUTHENTICATE, "Bearer"));
    }

    private static RpcError later(HttpStatus status, Duration wait, String why) {
        long seconds = wait.plusNanos(999_999_999).toSeconds();
        return new RpcError(
                status,
                RpcError.NOT_LET_IN,
                why + "; try again in " + seconds + " s",
                Map.of(HttpHeaders.RETRY_AFTER, String.valueOf(seconds)));
    }

    private static HttpHeaders headers(HttpServletRequest request) {
        HttpHeaders headers = new HttpHeaders();
        request.getHeaderNames().asIterator().forEachRemaining(name -> {
            if (!name.equalsIgnoreCase(HttpHeaders.COOKIE)) {
                request.getHeaders(name).asIterator().forEachRemaining(value -> headers.add(name, value));
            }
        });
        return headers;
    }
}
