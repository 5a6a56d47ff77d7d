package dev.drawbridge.schema;

import dev.drawbridge.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A property whose last choice becomes the default for the next shape. It is one object, shared by every shape that has
 * the style: its id is also an optional key of {@code instance.stylesForNextShape}.
 */
public final class StyleProperty implements Validator {
    private final String id;
    private final Validator values;

    private StyleProperty(String id, Validator values) {
        this.id = id;
        this.values = values;
    }

    public static StyleProperty of(String id, Validator values) {
        return new StyleProperty(id, values);
    }

    public static StyleProperty of(String id, String... values) {
        return new StyleProperty(id, Validators.oneOf(values));
    }

    public String id() {
        return id;
    }

    /** What the style accepts, without being a style: a field with it adds no key to {@code stylesForNextShape}. */
    public Validator values() {
        return values;
    }

    @Override
    public List<JsonValue> choices() {
        return values.choices();
    }

    @Override
    public @Nullable Violation check(@Nullable JsonValue previous, @Nullable JsonValue value) {
        return values.check(previous, value);
    }
}
