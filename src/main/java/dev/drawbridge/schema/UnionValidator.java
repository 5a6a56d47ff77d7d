package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accepts objects of several kinds, told apart by the text in one of their properties. */
final class UnionValidator implements Validator {
    private final String discriminator;
    private final Map<String, Validator> variants;
    private final String expected;

    UnionValidator(String discriminator, Map<String, ? extends Validator> variants) {
        this.discriminator = discriminator;
        this.variants = new LinkedHashMap<>(variants);
        this.expected = variants.keySet().stream()
                .map(variant -> '"' + variant + '"')
                .collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public @Nullable Violation check(@Nullable JsonValue previous, @Nullable JsonValue value) {
        if (!Js.isObject(value)) {
            return Violation.expected("an object", value);
        }
        JsonValue found = Js.own(value, discriminator);
        if (!(found instanceof JsonString(String variant))) {
            return Violation.expected("an object with a string in \"" + discriminator + '"', value);
        }
        Validator validator = variants.get(variant);
        if (validator == null) {
            return Violation.expected(expected, found).inside(discriminator);
        }
        // What another variant has accepted proves nothing about this one.
        boolean sameVariant = previous instanceof JsonObject before && found.equals(before.get(discriminator));
        return validator.check(sameVariant ? previous : null, value);
    }
}
