package dev.drawbridge.command;

import dev.drawbridge.json.Quoted;
import java.util.Objects;

/** One room was not taken, or not written; others may be. The message says why, in one line. */
final class NotDoneException extends Exception {
    private static final int LONGEST = 1_000;

    NotDoneException(String why) {
        super(Quoted.line(why, LONGEST), null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
