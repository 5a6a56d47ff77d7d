package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Accepts objects of several kinds, told apart by the text or the number in one of their properties. */
public final class UnionValidator implements Validator {
    private final String discriminator;
    private final Map<String, Validator> variants;
    private final boolean byNumber;
    private final Validator otherwise;

    private UnionValidator(
            String discriminator, Map<String, Validator> variants, boolean byNumber, @Nullable Validator otherwise) {
        this.discriminator = discriminator;
        this.variants = variants;
        this.byNumber = byNumber;
        this.otherwise = otherwise == null ? refusal(discriminator, variants) : otherwise;
    }

    static UnionValidator byText(String discriminator, Map<String, ? extends Validator> variants) {
        return new UnionValidator(discriminator, new LinkedHashMap<>(variants), false, null);
    }

    static UnionValidator byNumber(String discriminator, Map<String, ? extends Validator> variants) {
        return new UnionValidator(discriminator, new LinkedHashMap<>(variants), true, null);
    }

    /** The same union, which leaves objects of other kinds to that validator. */
    public UnionValidator otherwise(Validator unknown) {
        return new UnionValidator(discriminator, variants, byNumber, unknown);
    }

    /** The validators of the kinds that are told apart, by what tells them apart; in the order of their declaration. */
    public Map<String, Validator> variants() {
        return Collections.unmodifiableMap(variants);
    }

    @Override
    public @Nullable Violation check(@Nullable JsonValue previous, @Nullable JsonValue value) {
        if (value != null && value == previous) {
            return null;
        }
        if (!Js.isObject(value)) {
            return Violation.expected("an object", value);
        }
        JsonValue found = Js.own(value, discriminator);
        String variant = variant(found);
        if (variant == null) {
            return Violation.expected(
                    "an object with a " + (byNumber ? "number" : "string") + " in \"" + discriminator + '"', value);
        }
        Validator validator = variants.getOrDefault(variant, otherwise);
        // What another variant has accepted proves nothing about this one.
        boolean sameVariant =
                found != null && previous instanceof JsonObject before && found.equals(before.get(discriminator));
        return validator.check(sameVariant ? previous : null, value);
    }

    /** The name of the variant: of a number, as JavaScript writes it; {@code null} when there can be none. */
    private @Nullable String variant(@Nullable JsonValue found) {
        if (byNumber) {
            return Double.isFinite(Js.toNumber(found)) ? Js.toText(found) : null;
        }
        return found instanceof JsonString(String variant) ? variant : null;
    }

    private static Validator refusal(String discriminator, Map<String, Validator> variants) {
        String expected = variants.keySet().stream()
                .map(variant -> '"' + variant + '"')
                .collect(Collectors.joining(", ", "one of ", ""));
        return (previous, value) ->
                Violation.expected(expected, Js.own(value, discriminator)).inside(discriminator);
    }
}
