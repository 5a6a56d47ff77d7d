package dev.drawbridge.schema;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonValue;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a value is acceptable. A validator changes nothing and fills nothing in; validators compose
 * ({@link Validators#object}, {@link #nullable()}, …).
 */
@FunctionalInterface
public interface Validator {

    /**
     * Checks a value.
     *
     * @param previous a value that this same validator has accepted, or {@code null}: what is identical to a part of it
     *                 need not be read again
     * @param value    the value, or {@code null} when it is missing
     * @return the first thing wrong with it, or {@code null} when it is acceptable
     */
    @Nullable
    Violation check(@Nullable JsonValue previous, @Nullable JsonValue value);

    /** A validator for present values that fulfil a condition. */
    static Validator of(String expected, Predicate<JsonValue> condition) {
        return (previous, value) -> value != null && condition.test(value) ? null : Violation.expected(expected, value);
    }

    /** The values that it accepts, when these are few and known one by one; none when they are not. */
    default List<JsonValue> choices() {
        return List.of();
    }

    /** Accepts {@code null} as well; a missing value only when this validator does. */
    default Validator nullable() {
        return (previous, value) -> value == JsonNull.NULL ? null : check(previous, value);
    }

    /** Accepts a missing value as well; {@code null} only when this validator does. */
    default Validator optional() {
        return (previous, value) -> value == null ? null : check(previous, value);
    }
}
