package dev.drawbridge.security;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Checks the token that somebody brings to the admin API. */
final class AdminLogin {
    private static final Logger log = LoggerFactory.getLogger(AdminLogin.class);

    private final AdminToken token;
    private final LoginThrottle throttle;
    private final Counter failures;

    AdminLogin(AdminToken token, LoginThrottle throttle, MeterRegistry metrics) {
        this.token = token;
        this.throttle = throttle;
        this.failures = failures(metrics);
    }

    /** They are counted together, whichever door was tried. */
    static Counter failures(MeterRegistry metrics) {
        return Counter.builder("drawbridge.admin.login.failures")
                .description("Attempts to use the admin API with a wrong token, or too soon after several")
                .register(metrics);
    }

    Authentication authenticate(Authentication attempt, String address) {
        Duration wait = throttle.wait(address);
        if (wait.isPositive()) {
            failures.increment();
            throw new TooManyAttemptsException(wait);
        }
        if (!(attempt instanceof BearerTokenAuthenticationToken bearer) || !token.is(bearer.getToken())) {
            throttle.failed(address);
            failures.increment();
            log.warn("Somebody at {} tried to use the admin API with a wrong token", address);
            throw new InvalidBearerTokenException("The token is wrong.");
        }
        throttle.succeeded(address);
        return admin();
    }

    /** Holds no token: an authentication ends in logs, and in dumps. */
    private static AbstractAuthenticationToken admin() {
        return UsernamePasswordAuthenticationToken.authenticated(
                "admin", null, AuthorityUtils.createAuthorityList("ROLE_ADMIN"));
    }
}
