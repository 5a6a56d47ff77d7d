package dev.drawbridge.command;

import java.util.Objects;

/** A command cannot do anything, or not go on. The message is for the person who has run it. */
final class CommandFailedException extends RuntimeException {

    CommandFailedException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
