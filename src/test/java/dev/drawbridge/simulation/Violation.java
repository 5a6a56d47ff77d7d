package dev.drawbridge.simulation;

import com.google.errorprone.annotations.FormatMethod;
import org.jspecify.annotations.Nullable;

/** A promise that a simulation has found broken. */
public final class Violation extends AssertionError {

    /** On this thread: whoever is in between may have caught it. */
    private static final ThreadLocal<@Nullable Violation> LATEST = new ThreadLocal<>();

    private Violation(String message) {
        super(message);
        LATEST.set(this);
    }

    /** What was found before is forgotten. */
    public static void begin() {
        LATEST.remove();
    }

    /** Throws what was found and not heard of. */
    public static void rethrow() {
        Violation latest = LATEST.get();
        if (latest != null) {
            throw latest;
        }
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
