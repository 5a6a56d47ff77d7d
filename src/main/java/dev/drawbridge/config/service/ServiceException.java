package dev.drawbridge.config.service;

import java.util.Objects;

/** A service gave no answer that says anything. Its message is for the log. */
public final class ServiceException extends RuntimeException {
    private final Failure failure;

    /** Why there is no answer. */
    public enum Failure {
        /** It has not answered in time. */
        TIMEOUT,
        /** It has not been asked: too many questions wait for it. */
        BUSY,
        /** What it has answered is not to be understood. */
        UNUSABLE
    }

    public ServiceException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
