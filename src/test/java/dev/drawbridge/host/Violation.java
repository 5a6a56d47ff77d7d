package dev.drawbridge.host;

import com.google.errorprone.annotations.FormatMethod;

/** A promise that a simulation has found broken. */
final class Violation extends AssertionError {

    private Violation(String message) {
        super(message);
    }

    @FormatMethod
    static Violation of(String message, Object... arguments) {
        return new Violation(message.formatted(arguments));
    }

    @FormatMethod
    static void unless(boolean kept, String message, Object... arguments) {
        if (!kept) {
            throw of(message, arguments);
        }
    }
}
