package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.schema.tldraw.RichText;
import java.util.List;

/** Reads what records say, whatever they are: nothing of it is trusted to be there, or to be of the right kind. */
final class Props {
    /** Where shapes of a team's own keep what people read, as a rule. */
    private static final List<String> TEXTS = List.of("text", "title", "name", "label", "altText", "url");

    private Props() {}

    static JsonObject of(JsonObject shape) {
        return object(shape, "props");
    }

    static JsonObject object(JsonObject around, String key) {
        return around.get(key) instanceof JsonObject object ? object : JsonObject.EMPTY;
    }

    /** A finite number, or else that one. */
    static double number(JsonObject around, String key, double otherwise) {
        return around.get(key) instanceof JsonNumber(double number) && Double.isFinite(number) ? number : otherwise;
    }

    static String string(JsonObject around, String key, String otherwise) {
        return around.get(key) instanceof JsonString(String text) ? text : otherwise;
    }

    static String type(JsonObject shape) {
        return string(shape, "type", "");
    }

    static String id(JsonObject record) {
        return string(record, "id", "");
    }

    /** What people read on a shape; empty when it is nothing. */
    static String text(JsonObject shape) {
        JsonObject props = of(shape);
        if (props.has("richText")) {
            return RichText.toText(props.get("richText"));
        }
        for (String key : TEXTS) {
            String text = string(props, key, "");
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }
}
