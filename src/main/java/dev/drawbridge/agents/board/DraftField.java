package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Validator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A field of a draft.
 *
 * @param about what it means, for a model
 */
record DraftField(String name, Form form, String about) {
    private static final Form FLAG = new Form.Flag();

    /** What every shape has. */
    static final List<DraftField> COMMON = List.of(
            new DraftField(
                    "id", new Form.Text(200), "The shape's id, with or without \"shape:\". Random when left out."),
            new DraftField(
                    "x",
                    Form.Amount.POSITION,
                    "Counts from the corner of the parent. Free space when x and y are left out."),
            new DraftField("y", Form.Amount.POSITION, "Downwards, as x."),
            new DraftField("rotation", new Form.Amount(-3600, 3600), "In degrees, clockwise."),
            new DraftField("parent", new Form.Text(200), "The id of the frame, group or page that the shape is in."),
            new DraftField("opacity", new Form.Amount(0, 1), "From 0 to 1."),
            new DraftField("locked", FLAG, "A locked shape cannot be changed until it is unlocked."),
            new DraftField(
                    "order",
                    new Form.Choice(List.<JsonValue>of(JsonString.of("front"), JsonString.of("back"))),
                    "Above or below all others in the same parent. New shapes come to the front."),
            new DraftField("meta", new Form.Members(), "Any data of your own."),
            new DraftField("props", new Form.Members(), "Properties of the record as the schema has them; they win."));

    /** What is known of properties by their names, in tldraw's shapes and in those of a team. */
    private static final Map<String, DraftField> KNOWN = byName(
            new DraftField("text", new Form.Text(20_000), "Plain text; each line is a paragraph."),
            new DraftField("w", new Form.Amount(1, 100_000), "Width. A text with a width wraps its lines."),
            new DraftField("h", new Form.Amount(1, 100_000), "Height. It grows where the text needs more."),
            new DraftField("scale", new Form.Amount(0.01, 100), "Scale of text and strokes."),
            new DraftField("url", new Form.Text(4_000), "A link, http or https."),
            new DraftField("name", new Form.Text(1_000), "The name above the frame."),
            new DraftField("altText", new Form.Text(4_000), "What is seen, for those who do not see it."),
            new DraftField("assetId", new Form.Text(200), "The id of an asset's record that is there."),
            new DraftField("bend", new Form.Amount(-100_000, 100_000), "How far an arrow's middle is from straight."),
            new DraftField("labelPosition", new Form.Amount(0, 1), "Where along the arrow the text is."),
            new DraftField("elbowMidPoint", new Form.Amount(0, 1), "Where an elbow arrow turns."),
            new DraftField("flipX", FLAG, "Mirrored."),
            new DraftField("flipY", FLAG, "Upside down."),
            new DraftField("isClosed", FLAG, "Whether the end is joined to the start, and may be filled."),
            new DraftField("autoSize", FLAG, "Whether the text is as wide as its lines."));

    static final DraftField LINE_POINTS =
            new DraftField("points", new Form.Places(2, 500), "Where it goes through, counted as x and y are.");
    static final DraftField DRAWN_POINTS =
            new DraftField("points", new Form.Places(1, 2_000), "Where it goes through, counted as x and y are.");
    static final DraftField FROM = new DraftField(
            "from", new Form.Text(200), "The id of the shape where the arrow starts; in a change, null sets it free.");
    static final DraftField TO = new DraftField(
            "to", new Form.Text(200), "The id of the shape where the arrow ends; in a change, null sets it free.");
    static final DraftField START =
            new DraftField("start", new Form.Place(), "Where a free arrow starts, counted as x and y are.");
    static final DraftField END =
            new DraftField("end", new Form.Place(), "Where a free arrow ends, counted as x and y are.");

    private static Map<String, DraftField> byName(DraftField... fields) {
        return Arrays.stream(fields).collect(Collectors.toUnmodifiableMap(DraftField::name, field -> field));
    }

    /** The text of what has rich text. */
    static DraftField text() {
        return KNOWN.getOrDefault("text", new DraftField("text", new Form.Anything(), ""));
    }

    /** The field for a property. What it may be the schema says, where it says it. */
    static DraftField of(String prop, Validator validator) {
        DraftField known = KNOWN.get(prop);
        if (!validator.choices().isEmpty()) {
            return new DraftField(prop, new Form.Choice(validator.choices()), known == null ? "" : known.about());
        }
        return known == null ? new DraftField(prop, new Form.Anything(), "A property of its own.") : known;
    }
}
