package dev.drawbridge.simulation;

import com.google.errorprone.annotations.FormatMethod;

/** A promise that a simulation has found broken. */
public final class Violation extends AssertionError {

    private Violation(String message) {
        super(message);
    }

    @FormatMethod
    public static Violation of(String message, Object... arguments) {
        return new Violation(message.formatted(arguments));
    }

    @FormatMethod
    public static void unless(boolean kept, String message, Object... arguments) {
        if (!kept) {
            throw of(message, arguments);
        }
    }
}
