package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.primitives.DrawPaths;
import dev.drawbridge.schema.primitives.IndexKeys;
import dev.drawbridge.schema.primitives.Point;
import dev.drawbridge.schema.tldraw.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes of what is said of a shape, and has been checked, what its record says. Where it is in, and its ends, others write. */
final class ShapeWriter {
    private static final double PADDING = 16;
    private static final double SMALLEST_TEXT = 8;
    private static final int WITH_PRESSURE = 3;

    /** Properties on which it depends how much room a text needs. */
    private static final Set<String> ABOUT_ROOM = Set.of("text", "w", "h", "size", "font", "scale", "autoSize");

    private ShapeWriter() {}

    /** A new shape of which nothing has been said, at the corner of its parent. */
    static JsonObject blank(ShapeKind kind, String id, String parentId, String index) {
        return JsonObject.builder()
                .put("id", id)
                .put("typeName", "shape")
                .put("type", kind.type())
                .put("x", 0)
                .put("y", 0)
                .put("rotation", 0)
                .put("index", index)
                .put("parentId", parentId)
                .put("isLocked", false)
                .put("opacity", 1)
                .put("props", kind.defaults())
                .put("meta", JsonObject.EMPTY)
                .build();
    }

    /** A shape with what is said of it. */
    static JsonObject write(ShapeKind kind, JsonObject shape, JsonObject given) {
        JsonObject.Builder written = shape.toBuilder();
        JsonObject.Builder props = Props.of(shape).toBuilder();
        boolean roomMatters = false;
        for (Map.Entry<String, JsonValue> member : given.entries()) {
            String name = member.getKey();
            JsonValue value = member.getValue();
            if (value == JsonNull.NULL) {
                continue;
            }
            roomMatters |= ABOUT_ROOM.contains(name);
            switch (name) {
                case "x", "y", "opacity", "meta" -> written.put(name, value);
                case "rotation" -> written.put("rotation", radians(value));
                case "locked" -> written.put("isLocked", value);
                case "text" -> text(kind, value, props);
                case "points" -> {
                    // below, when it is known where the shape is
                }
                default -> {
                    if (kind.isProp(name) && !(kind.isArrow() && (name.equals("start") || name.equals("end")))) {
                        props.put(name, value);
                    }
                }
            }
        }
        if (kind.type().equals("text") && isGiven(given, "w") && !isGiven(given, "autoSize")) {
            props.put("autoSize", false);
        }
        JsonObject placed = written.put("props", props.build()).build();
        if (given.get("points") instanceof JsonArray(List<JsonValue> points) && kind.isDrawn()) {
            placed = through(kind, placed, points.stream().map(Form.Place::of).toList());
        } else if (given.has("points") && kind.isProp("points")) {
            placed = withProp(placed, "points", given.get("points"));
        }
        return raw(roomMatters ? fitted(placed) : placed, given);
    }

    private static boolean isGiven(JsonObject given, String name) {
        return given.has(name) && given.get(name) != JsonNull.NULL;
    }

    private static JsonObject withProp(JsonObject shape, String name, @Nullable JsonValue value) {
        return value == null ? shape : shape.with("props", Props.of(shape).with(name, value));
    }

    private static JsonNumber radians(JsonValue degrees) {
        double turn = degrees instanceof JsonNumber(double number) ? number % 360 : 0;
        return JsonNumber.of(Math.toRadians(turn < 0 ? turn + 360 : turn));
    }

    private static void text(ShapeKind kind, JsonValue value, JsonObject.Builder props) {
        String text = value instanceof JsonString(String given) ? given : "";
        if (kind.isProp("richText")) {
            props.put("richText", RichText.of(text.replace("\r\n", "\n").replace('\r', '\n')));
        } else {
            props.put("text", text);
        }
    }

    /** Whatever is said in the words of the schema itself. */
    private static JsonObject raw(JsonObject shape, JsonObject given) {
        JsonObject raw = Props.object(given, "props");
        if (raw.isEmpty()) {
            return shape;
        }
        JsonObject.Builder props = Props.of(shape).toBuilder();
        raw.entries().forEach(member -> props.put(member.getKey(), member.getValue()));
        return shape.with("props", props.build());
    }

    /** Grown as far as its text needs, as tldraw would when somebody writes it there. */
    private static JsonObject fitted(JsonObject shape) {
        JsonObject props = Props.of(shape);
        String size = Props.string(props, "size", "m");
        String font = Props.string(props, "font", "draw");
        String text = Props.text(shape);
        double scale = Props.number(props, "scale", 1);
        return switch (Props.type(shape)) {
            case "geo" -> {
                double width = Props.number(props, "w", 0) / scale - 2 * PADDING;
                double needed = text.isEmpty()
                        ? 0
                        : (TextSize.label(text, size, font, Math.max(width, SMALLEST_TEXT))
                                                .h()
                                        + 2 * PADDING)
                                * scale;
                yield withProp(shape, "growY", JsonNumber.of(Math.max(0, needed - Props.number(props, "h", 0))));
            }
            case "note" -> {
                double width = Extent.NOTE - 2 * PADDING;
                double needed = TextSize.label(text, size, font, width).h() + 2 * PADDING;
                yield withProp(shape, "growY", JsonNumber.of(Math.max(0, needed - Extent.NOTE)));
            }
            case "text" ->
                JsonBoolean.TRUE.equals(props.get("autoSize"))
                        ? withProp(
                                shape,
                                "w",
                                JsonNumber.of(Math.max(
                                        SMALLEST_TEXT,
                                        Math.ceil(
                                                TextSize.text(text, size, font).w()))))
                        : shape;
            default -> shape;
        };
    }

    /** A shape that goes through these points, which are in the coordinates of its parent; a new one begins at the first. */
    private static JsonObject through(ShapeKind kind, JsonObject shape, List<Spot> points) {
        boolean isNew = Props.object(Props.of(shape), "points").isEmpty() && !hasSegments(shape);
        JsonObject at = isNew
                ? shape.with("x", JsonNumber.of(points.getFirst().x()))
                        .with("y", JsonNumber.of(points.getFirst().y()))
                : shape;
        Pose pose = Pose.of(at);
        List<Spot> inside = points.stream().map(pose::in).toList();
        return kind.type().equals("line")
                ? withProp(at, "points", handles(inside))
                : withProp(
                        withProp(withProp(at, "segments", segments(inside)), "scaleX", JsonNumber.of(1)),
                        "scaleY",
                        JsonNumber.of(1));
    }

    private static boolean hasSegments(JsonObject shape) {
        return Props.of(shape).get("segments") instanceof JsonArray segments && segments.size() > 0;
    }

    private static JsonObject handles(List<Spot> points) {
        List<String> keys = IndexKeys.firstKeys(points.size());
        JsonObject.Builder handles = JsonObject.builder();
        for (int i = 0; i < keys.size(); i++) {
            String key = keys.get(i);
            handles.put(
                    key,
                    points.get(i).json().toBuilder()
                            .put("id", key)
                            .put("index", key)
                            .build());
        }
        return handles.build();
    }

    /** A straight piece from each point to the next: a free one would be smoothed, and cut the corners. */
    private static JsonArray segments(List<Spot> points) {
        List<JsonValue> pieces = new ArrayList<>();
        if (points.size() == 1) {
            pieces.add(piece("free", points));
        }
        for (int i = 1; i < points.size(); i++) {
            pieces.add(piece("straight", points.subList(i - 1, i + 1)));
        }
        return new JsonArray(pieces);
    }

    private static JsonObject piece(String type, List<Spot> points) {
        List<Point> path =
                points.stream().map(spot -> Point.of(spot.x(), spot.y())).toList();
        return JsonObject.builder()
                .put("type", type)
                .put("path", DrawPaths.encode(path, WITH_PRESSURE))
                .build();
    }
}
