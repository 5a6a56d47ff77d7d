package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Edit.within;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Opacity was a text among the props, one of five. */
final class Opacity {
    static final Edit HOIST = Opacity::hoist;
    static final Edit LOWER = Opacity::lower;

    private Opacity() {}

    /** A missing opacity is full. What is no number becomes {@code NaN}, which JSON writes as {@code null}. */
    static JsonNumber fromText(@Nullable JsonValue text) {
        return JsonNumber.of(Js.isNullish(text) ? 1 : Js.toNumber(text));
    }

    private static JsonObject hoist(JsonObject shape, RandomGenerator random) {
        JsonValue opacity = Js.member(shape.get("props"), "opacity");
        return within("props", remove("opacity")).apply(shape, random).with("opacity", fromText(opacity));
    }

    private static JsonObject lower(JsonObject shape, RandomGenerator random) {
        String nearest = nearest(Js.toNumber(shape.get("opacity")));
        return within("props", set("opacity", nearest)).apply(shape.without("opacity"), random);
    }

    private static String nearest(double opacity) {
        if (opacity < 0.175) {
            return "0.1";
        }
        if (opacity < 0.375) {
            return "0.25";
        }
        if (opacity < 0.625) {
            return "0.5";
        }
        return opacity < 0.875 ? "0.75" : "1";
    }
}
