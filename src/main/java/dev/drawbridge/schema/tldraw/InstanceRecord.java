package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;
import static dev.drawbridge.schema.Edit.move;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.arrayOf;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.oneOf;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Validators.unitInterval;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Field;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.ObjectValidator;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.StyleProperty;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The state of one client. */
final class InstanceRecord {
    private static final Set<String> PROPS_FOR_NEXT_SHAPE = Set.of(
            "color",
            "labelColor",
            "dash",
            "fill",
            "size",
            "font",
            "align",
            "verticalAlign",
            "icon",
            "geo",
            "arrowheadStart",
            "arrowheadEnd",
            "spline");

    private static final JsonArray NO_INSETS =
            JsonArray.of(JsonBoolean.FALSE, JsonBoolean.FALSE, JsonBoolean.FALSE, JsonBoolean.FALSE);

    private static final Field NO_STYLES = field("stylesForNextShape", object());

    static final RecordType TYPE = RecordType.of(
            "instance",
            RecordScope.SESSION,
            object(
                    field("typeName", literal("instance")),
                    field("id", id("instance")),
                    field("currentPageId", id("page")),
                    field("followingUserId", id("user").nullable()),
                    field("brush", Parts.BOX.nullable()),
                    field("opacityForNextShape", unitInterval()),
                    NO_STYLES,
                    field("cursor", object(field("type", Parts.CURSOR_TYPE), field("rotation", number()))),
                    field("scribbles", arrayOf(Parts.SCRIBBLE)),
                    field("isFocusMode", bool()),
                    field("isDebugMode", bool()),
                    field("isToolLocked", bool()),
                    field("exportBackground", bool()),
                    field("screenBounds", Parts.BOX),
                    field("insets", arrayOf(bool())),
                    field("zoomBrush", Parts.BOX.nullable()),
                    field("isPenMode", bool()),
                    field("isGridMode", bool()),
                    field("chatMessage", string()),
                    field("isChatting", bool()),
                    field("highlightedUserIds", arrayOf(id("user"))),
                    field("isFocused", bool()),
                    field("devicePixelRatio", number()),
                    field("isCoarsePointer", bool()),
                    field("isHoveringCanvas", bool().nullable()),
                    field("openMenus", arrayOf(string())),
                    field("isChangingStyle", bool()),
                    field("isReadonly", bool()),
                    field("meta", jsonValue()),
                    field(
                            "duplicateProps",
                            object(
                                            field("shapeIds", arrayOf(id("shape"))),
                                            field("offset", object(field("x", number()), field("y", number()))))
                                    .nullable()),
                    field("cameraState", oneOf("idle", "moving"))),
            version(1, "AddTransparentExportBgs", set("exportBackground", true)),
            version(2, "RemoveDialog", remove("dialog")),
            version(3, "AddToolLockMode", set("isToolLocked", false)),
            version(4, "RemoveExtraPropsForNextShape", change("propsForNextShape", InstanceRecord::knownProps)),
            version(5, "AddLabelColor", setForNextShape("labelColor", "black")),
            version(6, "AddFollowingUserId", set("followingUserId", JsonNull.NULL)),
            version(7, "RemoveAlignJustify", change("propsForNextShape", InstanceRecord::withoutJustify)),
            version(8, "AddZoom", set("zoomBrush", JsonNull.NULL)),
            version(9, "AddVerticalAlign", setForNextShape("verticalAlign", "middle")),
            version(10, "AddScribbleDelay", change("scribble", InstanceRecord::withDelay)),
            version(11, "RemoveUserId", remove("userId")),
            version(12, "AddIsPenModeAndIsGridMode", set("isPenMode", false).and(set("isGridMode", false))),
            version(13, "HoistOpacity", InstanceRecord::hoistOpacity),
            version(14, "AddChat", set("chatMessage", "").and(set("isChatting", false))),
            version(15, "AddHighlightedUserIds", set("highlightedUserIds", JsonArray.EMPTY)),
            version(
                    16,
                    "ReplacePropsForNextShapeWithStylesForNextShape",
                    remove("propsForNextShape").and(set("stylesForNextShape", JsonObject.EMPTY))),
            version(17, "AddMeta", PropertyEdits.ADD_META),
            version(18, "RemoveCursorColor", change("cursor", cursor -> Js.members(cursor)
                    .without("color"))),
            version(
                    19,
                    "AddLonelyProperties",
                    set("canMoveCamera", true)
                            .and(set("isFocused", false))
                            .and(set("devicePixelRatio", 1))
                            .and(set("isCoarsePointer", false))
                            .and(set("openMenus", JsonArray.EMPTY))
                            .and(set("isChangingStyle", false))
                            .and(set("isReadOnly", false))),
            version(20, "ReadOnlyReadonly", move("isReadOnly", "isReadonly")),
            version(21, "AddHoveringCanvas", set("isHoveringCanvas", JsonNull.NULL)),
            version(22, "AddScribbles", remove("scribble").and(set("scribbles", JsonArray.EMPTY))),
            version(23, "AddInset", set("insets", NO_INSETS), remove("insets")),
            version(24, "AddDuplicateProps", set("duplicateProps", JsonNull.NULL), remove("duplicateProps")),
            version(25, "RemoveCanMoveCamera", remove("canMoveCamera"), set("canMoveCamera", true)),
            version(26, "AddCameraState", set("cameraState", "idle"), remove("cameraState")));

    private InstanceRecord() {}

    /** The styles that can be chosen for the next shape depend on the shapes there are. */
    static RecordType withStyles(RecordType instance, Collection<StyleProperty> styles) {
        if (!(instance.validator() instanceof ObjectValidator object)
                || !object.fields().contains(NO_STYLES)) {
            return instance; // somebody has said otherwise
        }
        List<Field> fields = styles.stream()
                .map(style -> field(style.id(), style.optional()))
                .toList();
        return instance.with(object.with(List.of(field(NO_STYLES.name(), object(fields)))));
    }

    private static JsonObject knownProps(@Nullable JsonValue props) {
        JsonObject.Builder known = JsonObject.builder();
        Js.members(props).entries().stream()
                .filter(prop -> PROPS_FOR_NEXT_SHAPE.contains(prop.getKey()))
                .forEach(prop -> known.put(prop.getKey(), prop.getValue()));
        return known.build();
    }

    private static Edit setForNextShape(String key, String value) {
        return change("propsForNextShape", props -> Js.spread(props).with(key, JsonString.of(value)));
    }

    private static JsonObject withoutJustify(@Nullable JsonValue props) {
        JsonObject members = Js.members(props);
        return Js.is(members.get("align"), "justify") ? members.with("align", JsonString.of("start")) : members;
    }

    /** A scribble that is missing becomes one that is nothing but late. */
    private static JsonValue withDelay(@Nullable JsonValue scribble) {
        return scribble == JsonNull.NULL ? scribble : Js.spread(scribble).with("delay", JsonNumber.of(0));
    }

    private static JsonObject hoistOpacity(JsonObject instance, RandomGenerator random) {
        JsonObject props = Js.members(instance.get("propsForNextShape"));
        return instance.with("opacityForNextShape", Opacity.fromText(props.get("opacity")))
                .with("propsForNextShape", props.without("opacity"));
    }
}
