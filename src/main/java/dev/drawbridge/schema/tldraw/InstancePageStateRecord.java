package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.move;
import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.arrayOf;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import java.util.random.RandomGenerator;

/** What one client has selected, hovers over or edits on a page. */
final class InstancePageStateRecord {
    static final RecordType TYPE = RecordType.of(
            "instance_page_state",
            RecordScope.SESSION,
            object(
                    field("typeName", literal("instance_page_state")),
                    field("id", id("instance_page_state")),
                    field("pageId", id("page")),
                    field("selectedShapeIds", arrayOf(id("shape"))),
                    field("hintingShapeIds", arrayOf(id("shape"))),
                    field("erasingShapeIds", arrayOf(id("shape"))),
                    field("hoveredShapeId", id("shape").nullable()),
                    field("editingShapeId", id("shape").nullable()),
                    field("croppingShapeId", id("shape").nullable()),
                    field("focusedGroupId", id("shape").nullable()),
                    field("meta", jsonValue())),
            version(1, "AddCroppingId", set("croppingShapeId", JsonNull.NULL)),
            version(2, "RemoveInstanceIdAndCameraId", remove("instanceId", "cameraId")),
            version(3, "AddMeta", PropertyEdits.ADD_META),
            version(4, "RenameProperties", nothing(), nothing()),
            version(
                    5,
                    "RenamePropertiesAgain",
                    move("selectedIds", "selectedShapeIds")
                            .and(move("hintingIds", "hintingShapeIds"))
                            .and(move("erasingIds", "erasingShapeIds"))
                            .and(move("hoveredId", "hoveredShapeId"))
                            .and(move("editingId", "editingShapeId"))
                            .and(InstancePageStateRecord::mergeCroppingIds)
                            .and(move("focusLayerId", "focusedGroupId")),
                    move("selectedShapeIds", "selectedIds")
                            .and(move("hintingShapeIds", "hintingIds"))
                            .and(move("erasingShapeIds", "erasingIds"))
                            .and(move("hoveredShapeId", "hoveredId"))
                            .and(move("editingShapeId", "editingId"))
                            .and(move("croppingShapeId", "croppingId"))
                            .and(move("focusedGroupId", "focusLayerId"))));

    private InstancePageStateRecord() {}

    /** Version 1 has added the new name already. */
    private static JsonObject mergeCroppingIds(JsonObject state, RandomGenerator random) {
        JsonValue oldName = Js.orElse(state.get("croppingId"), JsonNull.NULL);
        return state.with("croppingShapeId", Js.orElse(state.get("croppingShapeId"), oldName))
                .without("croppingId");
    }
}
