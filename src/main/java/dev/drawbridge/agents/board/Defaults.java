package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Field;
import dev.drawbridge.schema.tldraw.RichText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the properties of a new shape are when nobody has said it: what tldraw's tools start with. Whether the server's schema
 * takes that is asked, so a team's own types and changed styles have defaults as well.
 */
final class Defaults {
    private static final JsonObject ORIGIN = new Spot(0, 0).json();

    private static final Map<String, JsonValue> BY_NAME = new HashMap<>();

    private static final Map<String, JsonValue> BY_KIND = Map.ofEntries(
            Map.entry("note.color", JsonString.of("yellow")),
            Map.entry("highlight.color", JsonString.of("yellow")),
            Map.entry("frame.w", JsonNumber.of(640)),
            Map.entry("frame.h", JsonNumber.of(400)),
            Map.entry("embed.w", JsonNumber.of(600)),
            Map.entry("embed.h", JsonNumber.of(400)),
            Map.entry("bookmark.w", JsonNumber.of(300)),
            Map.entry("bookmark.h", JsonNumber.of(320)));

    /** What is tried for properties of which nothing is known. */
    private static final List<JsonValue> GUESSES = List.of(
            JsonNull.NULL,
            JsonString.of(""),
            JsonNumber.of(0),
            JsonNumber.of(1),
            JsonBoolean.FALSE,
            JsonArray.EMPTY,
            JsonObject.EMPTY);

    static {
        BY_NAME.put("color", JsonString.of("black"));
        BY_NAME.put("labelColor", JsonString.of("black"));
        BY_NAME.put("fill", JsonString.of("none"));
        BY_NAME.put("dash", JsonString.of("draw"));
        BY_NAME.put("size", JsonString.of("m"));
        BY_NAME.put("font", JsonString.of("draw"));
        BY_NAME.put("align", JsonString.of("middle"));
        BY_NAME.put("verticalAlign", JsonString.of("middle"));
        BY_NAME.put("textAlign", JsonString.of("start"));
        BY_NAME.put("spline", JsonString.of("line"));
        BY_NAME.put("geo", JsonString.of("rectangle"));
        BY_NAME.put("kind", JsonString.of("arc"));
        BY_NAME.put("arrowheadStart", JsonString.of("none"));
        BY_NAME.put("arrowheadEnd", JsonString.of("arrow"));
        BY_NAME.put("scale", JsonNumber.of(1));
        BY_NAME.put("scaleX", JsonNumber.of(1));
        BY_NAME.put("scaleY", JsonNumber.of(1));
        BY_NAME.put("w", JsonNumber.of(200));
        BY_NAME.put("h", JsonNumber.of(100));
        BY_NAME.put("richText", RichText.of(""));
        BY_NAME.put("fontSizeAdjustment", JsonNumber.of(1));
        BY_NAME.put("bend", JsonNumber.of(0));
        BY_NAME.put("labelPosition", JsonNumber.of(0.5));
        BY_NAME.put("elbowMidPoint", JsonNumber.of(0.5));
        BY_NAME.put("autoSize", JsonBoolean.TRUE);
        BY_NAME.put("isComplete", JsonBoolean.TRUE);
        BY_NAME.put("playing", JsonBoolean.TRUE);
        BY_NAME.put("start", ORIGIN);
        BY_NAME.put("end", ORIGIN);
    }

    private Defaults() {}

    /** The default of a property; empty when it is left out, or when nothing is known that it could be. */
    static Optional<JsonValue> of(String kind, Field field) {
        Optional<JsonValue> named = Stream.of(BY_KIND.get(kind + '.' + field.name()), BY_NAME.get(field.name()))
                .flatMap(Stream::ofNullable)
                .filter(value -> takes(field, value))
                .findFirst();
        if (named.isPresent() || field.validator().check(null, null) == null) {
            return named;
        }
        return Stream.concat(field.validator().choices().stream(), GUESSES.stream())
                .filter(value -> takes(field, value))
                .findFirst();
    }

    private static boolean takes(Field field, JsonValue value) {
        return field.validator().check(null, value) == null;
    }
}
