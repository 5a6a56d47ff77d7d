package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;
import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Edit.within;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.arrayOf;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.BareIds;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import java.util.List;
import java.util.Map;

/** What the others see of somebody who is here. */
final class PresenceRecord {
    private static final JsonObject CAMERA = origin().put("z", 1).build();
    private static final JsonObject CURSOR =
            origin().put("type", "default").put("rotation", 0).build();
    private static final JsonObject SCREEN_BOUNDS =
            origin().put("w", 1).put("h", 1).build();

    /**
     * Up to 5.1 people were called here by the ids in their preferences; 5.2 came with these numbers. Those of 5.0 and 5.1
     * are told of others as the reference tells them.
     */
    static final List<BareIds> USER_IDS = List.of(
            userIds(
                    false,
                    Map.of(
                            "com.tldraw.shape.draw", 5,
                            "com.tldraw.shape.highlight", 4,
                            "com.tldraw.shape.note", 13)),
            userIds(true, Map.of("com.tldraw.user", 1)));

    static final RecordType TYPE = RecordType.of(
            "instance_presence",
            RecordScope.PRESENCE,
            object(
                    field("typeName", literal("instance_presence")),
                    field("id", id("instance_presence")),
                    field("userId", id("user")),
                    field("userName", string()),
                    field("lastActivityTimestamp", number().nullable()),
                    field("followingUserId", id("user").nullable()),
                    field(
                            "cursor",
                            object(
                                            field("x", number()),
                                            field("y", number()),
                                            field("type", Parts.CURSOR_TYPE),
                                            field("rotation", number()))
                                    .nullable()),
                    field("color", string()),
                    field(
                            "camera",
                            object(field("x", number()), field("y", number()), field("z", number()))
                                    .nullable()),
                    field("screenBounds", Parts.BOX.nullable()),
                    field("selectedShapeIds", arrayOf(id("shape"))),
                    field("currentPageId", id("page")),
                    field("brush", Parts.BOX.nullable()),
                    field("scribbles", arrayOf(Parts.SCRIBBLE)),
                    field("chatMessage", string()),
                    field("meta", jsonValue())),
            version(1, "AddScribbleDelay", addScribbleDelay()),
            version(2, "RemoveInstanceId", remove("instanceId")),
            version(3, "AddChatMessage", set("chatMessage", "")),
            version(4, "AddMeta", PropertyEdits.ADD_META),
            version(5, "RenameSelectedShapeIds", nothing()),
            version(
                    6,
                    "NullableCameraCursor",
                    nothing(),
                    insteadOfNull("camera", CAMERA)
                            .and(insteadOfNull("lastActivityTimestamp", JsonNumber.of(0)))
                            .and(insteadOfNull("cursor", CURSOR))
                            .and(insteadOfNull("screenBounds", SCREEN_BOUNDS))));

    private PresenceRecord() {}

    private static BareIds userIds(boolean shown, Map<String, Integer> knownFrom) {
        return new BareIds("instance_presence", List.of("userId", "followingUserId"), "user:", shown, knownFrom);
    }

    private static Edit addScribbleDelay() {
        Edit addDelay = within("scribble", set("delay", 0));
        return (record, random) -> record.get("scribble") == JsonNull.NULL ? record : addDelay.apply(record, random);
    }

    private static Edit insteadOfNull(String key, JsonValue instead) {
        return change(key, value -> value == JsonNull.NULL ? instead : value);
    }

    private static JsonObject.Builder origin() {
        return JsonObject.builder().put("x", 0).put("y", 0);
    }
}
