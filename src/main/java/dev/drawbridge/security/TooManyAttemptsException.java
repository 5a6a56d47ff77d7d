package dev.drawbridge.security;

import java.time.Duration;
import org.springframework.security.core.AuthenticationException;

/** An attempt to log in came too soon after others that failed. */
final class TooManyAttemptsException extends AuthenticationException {
    private final Duration wait;

    TooManyAttemptsException(Duration wait) {
        super("Too many attempts with a wrong token.");
        this.wait = wait;
    }

    /** In whole seconds, rounded up. */
    long waitSeconds() {
        return wait.plusNanos(999_999_999).toSeconds();
    }
}
