package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.oneOf;
import static dev.drawbridge.schema.Validators.string;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.Validator;
import dev.drawbridge.schema.primitives.DrawPaths;
import dev.drawbridge.schema.primitives.Point;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a line drawn by hand. Their points are a text today ({@link DrawPaths}); they have been a list, and for
 * a short time another text.
 */
final class Segments {
    private static final int FLAT = 2;
    private static final int WITH_Z = 3;

    static final Validator SEGMENT = object(
            field("type", oneOf("free", "straight")),
            field("path", string()),
            field("dim", oneOf(FLAT, WITH_Z).optional()));

    /** Only a pen reports a pressure other than these. */
    static final Edit ADD_IS_PEN = (props, random) -> props.with("isPen", JsonBoolean.of(isPen(props)));

    static final Edit TO_PATHS = onEach(Segments::toPath);
    static final Edit TO_POINTS = onEach(Segments::toPoints);

    /** Paths without z did not exist. */
    static final Edit WITH_PRESSURE = onEach(Segments::withPressure);

    static final Edit ADD_SCALES = change("scaleX", scale -> Js.orElse(scale, JsonNumber.of(1)))
            .and(change("scaleY", scale -> Js.orElse(scale, JsonNumber.of(1))));
    static final Edit REMOVE_SCALES = remove("scaleX", "scaleY");

    private Segments() {}

    private static Edit onEach(Function<JsonValue, JsonValue> change) {
        return change(
                "segments",
                segments ->
                        new JsonArray(Js.items(segments).stream().map(change).toList()));
    }

    private static boolean isPen(JsonObject props) {
        JsonValue points = Js.member(Js.member(props.get("segments"), "0"), "points");
        if (Js.is(Js.member(points, "length"), 0)) {
            return false;
        }
        JsonValue second = Js.member(points, "1");
        return hasPressure(Js.member(points, "0")) && (second == null || second.isFalsy() || hasPressure(second));
    }

    private static boolean hasPressure(@Nullable JsonValue point) {
        JsonValue z = Js.member(point, "z");
        return !Js.is(z, 0) && !Js.is(z, Point.DEFAULT_PRESSURE);
    }

    private static JsonValue toPath(JsonValue value) {
        JsonObject segment = Js.object(value);
        if (segment.has("path")) {
            return segment;
        }
        JsonValue points = segment.get("points");
        List<Point> decoded = points instanceof JsonArray(List<JsonValue> items)
                ? items.stream().map(Segments::point).toList()
                : DrawPaths.decodeAbsolute(Js.string(points));
        return segment.without("points").with("path", JsonString.of(DrawPaths.encode(decoded, WITH_Z)));
    }

    /** Decodes every path as one with z: what has none is given one by the version before. */
    private static JsonValue toPoints(JsonValue value) {
        JsonObject segment = Js.object(value);
        List<JsonValue> points = DrawPaths.decode(Js.string(segment.get("path")), WITH_Z).stream()
                .<JsonValue>map(Segments::json)
                .toList();
        return segment.without("path").with("points", new JsonArray(points));
    }

    private static JsonValue withPressure(JsonValue value) {
        JsonValue dim = Js.member(value, "dim");
        if (dim == null) {
            return value;
        }
        JsonObject segment = Js.object(value);
        JsonObject without = segment.without("dim");
        return Js.is(dim, FLAT)
                ? without.with(
                        "path",
                        JsonString.of(DrawPaths.encode(DrawPaths.decode(Js.string(segment.get("path")), FLAT), WITH_Z)))
                : without;
    }

    private static Point point(JsonValue value) {
        return new Point(
                Js.toNumber(Js.member(value, "x")),
                Js.toNumber(Js.member(value, "y")),
                Js.toNumber(Js.orElse(Js.member(value, "z"), JsonNumber.of(Point.DEFAULT_PRESSURE))));
    }

    private static JsonObject json(Point point) {
        return JsonObject.builder()
                .put("x", point.x())
                .put("y", point.y())
                .put("z", point.z())
                .build();
    }
}
