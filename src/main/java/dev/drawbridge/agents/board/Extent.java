package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.primitives.DrawPaths;
import dev.drawbridge.schema.primitives.Point;
import java.util.List;
import java.util.Map;

/** The room that a shape takes in its own coordinates; that of a group is what is in it, and not known here. */
final class Extent {
    /** The width and the height of a note that has not grown. */
    static final double NOTE = 200;

    private static final Box NOTHING = new Box(0, 0, 0, 0);
    private static final int WITH_PRESSURE = 3;

    private Extent() {}

    static Box of(JsonObject shape) {
        JsonObject props = Props.of(shape);
        double scale = Props.number(props, "scale", 1);
        double growth = Math.max(0, Props.number(props, "growY", 0));
        return switch (Props.type(shape)) {
            case "geo" -> sized(width(props), height(props) + growth);
            case "note" -> sized(NOTE * scale, (NOTE + growth) * scale);
            case "text" -> text(shape, props, scale);
            case "line" -> line(props);
            case "arrow" -> Box.at(Spot.of(Props.object(props, "start"))).with(Spot.of(Props.object(props, "end")));
            case "draw", "highlight" -> drawn(props);
            default -> sized(width(props), height(props));
        };
    }

    private static Box text(JsonObject shape, JsonObject props, double scale) {
        String size = Props.string(props, "size", "m");
        String font = Props.string(props, "font", "draw");
        boolean fixed = JsonBoolean.FALSE.equals(props.get("autoSize"));
        String text = Props.text(shape);
        if (fixed) {
            double width = width(props);
            return sized(width * scale, TextSize.text(text, size, font, width).h() * scale);
        }
        TextSize room = TextSize.text(text, size, font);
        return sized(room.w() * scale, room.h() * scale);
    }

    private static Box line(JsonObject props) {
        Box box = null;
        for (Map.Entry<String, JsonValue> each : Props.object(props, "points").entries()) {
            if (each.getValue() instanceof JsonObject point) {
                Spot spot = Spot.of(point);
                box = box == null ? Box.at(spot) : box.with(spot);
            }
        }
        return box == null ? NOTHING : box;
    }

    private static Box drawn(JsonObject props) {
        double scaleX = Props.number(props, "scaleX", 1);
        double scaleY = Props.number(props, "scaleY", 1);
        List<JsonValue> segments =
                props.get("segments") instanceof JsonArray(List<JsonValue> items) ? items : List.of();
        Box box = null;
        for (JsonValue each : segments) {
            if (each instanceof JsonObject segment && segment.get("path") instanceof JsonString(String path)) {
                for (Point point : points(path, (int) Props.number(segment, "dim", WITH_PRESSURE))) {
                    Spot spot = new Spot(finite(point.x() * scaleX), finite(point.y() * scaleY));
                    box = box == null ? Box.at(spot) : box.with(spot);
                }
            }
        }
        return box == null ? NOTHING : box;
    }

    private static List<Point> points(String path, int dim) {
        try {
            return DrawPaths.decode(path, dim);
        } catch (IllegalArgumentException broken) {
            return List.of(); // a client wrote it so; nobody can draw it
        }
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : 0;
    }

    private static double width(JsonObject props) {
        return Math.max(0, Props.number(props, "w", 0));
    }

    private static double height(JsonObject props) {
        return Math.max(0, Props.number(props, "h", 0));
    }

    private static Box sized(double w, double h) {
        return new Box(0, 0, w, h);
    }
}
