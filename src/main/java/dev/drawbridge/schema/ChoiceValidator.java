package dev.drawbridge.schema;

import dev.drawbridge.json.JsonValue;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accepts exactly these values, and can say which they are. */
final class ChoiceValidator implements Validator {
    private final List<JsonValue> choices;
    private final Set<JsonValue> allowed;
    private final String expected;

    ChoiceValidator(List<? extends JsonValue> choices) {
        this.choices = List.copyOf(choices);
        this.allowed = Set.copyOf(choices);
        this.expected = choices.size() == 1
                ? choices.getFirst().toString()
                : choices.stream().map(JsonValue::toString).collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public List<JsonValue> choices() {
        return choices;
    }

    @Override
    public @Nullable Violation check(@Nullable JsonValue previous, @Nullable JsonValue value) {
        return value != null && allowed.contains(value) ? null : Violation.expected(expected, value);
    }
}
