package dev.drawbridge.schema.tldraw;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Validator;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Text as tldraw's editor keeps it: a document of paragraphs. */
public final class RichText {
    /** What the editor writes; its content is not looked into. */
    public static final Validator VALIDATOR = Parts.RICH_TEXT;

    /** One for all empty lines: a text may have millions. */
    private static final JsonObject EMPTY_PARAGRAPH = JsonObject.of("type", JsonString.of("paragraph"));

    private RichText() {}

    /** A paragraph for each line. */
    public static JsonObject of(String text) {
        return JsonObject.builder()
                .put("type", "doc")
                .put(
                        "content",
                        new JsonArray(Arrays.stream(text.split("\n", -1))
                                .<JsonValue>map(RichText::paragraph)
                                .toList()))
                .build();
    }

    /** A line for each paragraph, wherever it stands (in a list, in a quotation), without its marks. */
    public static String toText(@Nullable JsonValue richText) {
        StringJoiner lines = new StringJoiner("\n");
        if (richText instanceof JsonObject document) {
            addLines(document, lines);
        }
        return lines.toString();
    }

    private static JsonObject paragraph(String line) {
        if (line.isEmpty()) {
            return EMPTY_PARAGRAPH;
        }
        JsonObject text =
                JsonObject.builder().put("type", "text").put("text", line).build();
        return EMPTY_PARAGRAPH.with("content", JsonArray.of(text));
    }

    private static void addLines(JsonObject block, StringJoiner lines) {
        List<JsonValue> content = block.get("content") instanceof JsonArray(List<JsonValue> nodes) ? nodes : List.of();
        if (!"doc".equals(block.string("type")) && content.stream().allMatch(RichText::isInline)) {
            StringBuilder line = new StringBuilder();
            content.forEach(node -> line.append(inline(node)));
            lines.add(line);
            return;
        }
        for (JsonValue node : content) {
            if (node instanceof JsonObject inner) {
                addLines(inner, lines);
            }
        }
    }

    private static boolean isInline(JsonValue node) {
        return node instanceof JsonObject object && (object.has("text") || "hardBreak".equals(object.string("type")));
    }

    private static String inline(JsonValue node) {
        String text = node instanceof JsonObject object ? object.string("text") : null;
        return text == null ? "\n" : text;
    }
}
