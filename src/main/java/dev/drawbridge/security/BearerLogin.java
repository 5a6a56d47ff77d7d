package dev.drawbridge.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * Tells at a door for operators and users alike who brings a token: an operator brings the admin token. Whoever could find
 * that out by trying has to wait, as at the door of the admin API. Users do not: theirs is looked at by {@link CallerAccess}.
 */
public final class BearerLogin {
    private static final Logger log = LoggerFactory.getLogger(BearerLogin.class);
    private static final String BEARER = "bearer ";

    private final Optional<AdminToken> admin;
    private final LoginThrottle throttle;
    private final Counter failures;

    /** Who brings a token. */
    public sealed interface Who {

        /** An operator. */
        record Operator() implements Who {}

        /** Nobody brings any. */
        record Nobody() implements Who {}

        /** Somebody whose token is not that of operators. */
        record Other() implements Who {}

        /**
         * It is not looked at whether it is an operator: there were too many wrong tokens from there.
         *
         * @param pause until it is again
         */
        record TooSoon(Duration pause) implements Who {}
    }

    /** @param admin empty when there are no operators */
    BearerLogin(Optional<AdminToken> admin, LoginThrottle throttle, MeterRegistry metrics) {
        this.admin = admin;
        this.throttle = throttle;
        this.failures = AdminLogin.failures(metrics);
    }

    /** The token in {@code Authorization: Bearer}. */
    public static Optional<String> token(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.AUTHORIZATION).stream()
                .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()).strip())
                .filter(token -> !token.isEmpty())
                .findFirst();
    }

    /** Says who it is. */
    public Who who(Optional<String> token, String address) {
        if (token.isEmpty()) {
            return new Who.Nobody();
        }
        if (admin.isEmpty()) {
            return new Who.Other();
        }
        Duration wait = throttle.wait(address);
        if (wait.isPositive()) {
            return new Who.TooSoon(wait);
        }
        if (admin.get().is(token.get())) {
            throttle.succeeded(address);
            return new Who.Operator();
        }
        return new Who.Other();
    }

    /** What {@link Who.Other} brought was nobody's token at all. */
    public void wasNobodys(String address) {
        throttle.failed(address);
        failures.increment();
        log.warn("Somebody at {} brought a token that is nobody's", address);
    }

    /** {@link Who.Other} was told that the token, whatever it is for, is not that of operators. */
    public void wasToldApart(String address) {
        throttle.failed(address);
    }
}
