package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;
import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Validators.union;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.Validator;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A conversation, and where on a page it is about something. */
final class CommentThreadRecord {
    private static final Validator ANCHOR = union(
            "type",
            Map.of(
                    "shape",
                            object(
                                    field("type", literal("shape")),
                                    field("shapeId", id("shape")),
                                    field("x", number()),
                                    field("y", number()),
                                    field("isPrecise", bool())),
                    "point", object(field("type", literal("point")), field("x", number()), field("y", number())),
                    "region",
                            object(
                                    field("type", literal("region")),
                                    field("x", number()),
                                    field("y", number()),
                                    field("w", number()),
                                    field("h", number()),
                                    field("pinX", number().optional()),
                                    field("pinY", number().optional())),
                    "page", object(field("type", literal("page")))));

    static final RecordType TYPE = RecordType.of(
            "comment-thread",
            RecordScope.DOCUMENT,
            object(
                    field("typeName", literal("comment-thread")),
                    field("id", id("comment-thread")),
                    field("pageId", id("page")),
                    field("anchor", ANCHOR),
                    field("createdBy", string()),
                    field("createdAt", number()),
                    field(
                            "resolved",
                            object(field("at", number()), field("by", string())).nullable()),
                    field("isDeleted", bool()),
                    field("meta", jsonValue())),
            // It changes nothing and has no way back: the reference keeps those away who do not know of comments.
            version(1, "Initial", nothing()),
            version(
                    2,
                    "PlaceOnShape",
                    anchor("shape", CommentThreadRecord::placed),
                    anchor("shape", CommentThreadRecord::unplaced)),
            version(3, "PinOfRegion", nothing(), anchor("region", region -> region.without("pinX")
                    .without("pinY"))));

    private CommentThreadRecord() {}

    private static Edit anchor(String type, UnaryOperator<JsonObject> edit) {
        return change(
                "anchor",
                anchor -> anchor instanceof JsonObject object && type.equals(object.string("type"))
                        ? edit.apply(object)
                        : anchor);
    }

    /** Until then a conversation was at the upper right corner of a shape. */
    private static JsonObject placed(JsonObject anchor) {
        return anchor.has("x")
                ? anchor
                : anchor.toBuilder()
                        .put("x", 1)
                        .put("y", 0)
                        .put("isPrecise", false)
                        .build();
    }

    private static JsonObject unplaced(JsonObject anchor) {
        JsonValue shapeId = anchor.get("shapeId");
        JsonObject.Builder unplaced = JsonObject.builder().put("type", "shape");
        return shapeId == null
                ? unplaced.build()
                : unplaced.put("shapeId", shapeId).build();
    }
}
