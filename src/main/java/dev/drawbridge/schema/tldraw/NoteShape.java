package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;
import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.linkUrl;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.positiveNumber;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.Subtype;
import org.jspecify.annotations.Nullable;

/** A sticky note. */
final class NoteShape {
    static final Subtype TYPE = Subtype.shape("note")
            .props(
                    field("color", Styles.COLOR),
                    field("labelColor", Styles.LABEL_COLOR),
                    field("size", Styles.SIZE),
                    field("font", Styles.FONT),
                    field("fontSizeAdjustment", positiveNumber().nullable()),
                    field("align", Styles.HORIZONTAL_ALIGN),
                    field("verticalAlign", Styles.VERTICAL_ALIGN),
                    field("growY", positiveNumber()),
                    field("url", linkUrl()),
                    field("richText", Parts.RICH_TEXT),
                    field("scale", nonZeroNumber()),
                    field("textLastEditedBy", string().nullable()))
            .migrations(
                    version(1, "AddUrlProp", set("url", "")),
                    version(2, "RemoveJustify", PropertyEdits.REMOVE_JUSTIFY),
                    version(3, "MigrateLegacyAlign", PropertyEdits.MIGRATE_LEGACY_ALIGN),
                    version(4, "AddVerticalAlign", set("verticalAlign", "middle")),
                    version(5, "MakeUrlsValid", PropertyEdits.MAKE_LINK_URL_VALID, nothing()),
                    version(6, "AddFontSizeAdjustment", set("fontSizeAdjustment", 0), remove("fontSizeAdjustment")),
                    version(7, "AddScale", set("scale", 1), remove("scale")),
                    version(8, "AddLabelColor", set("labelColor", "black"), remove("labelColor")),
                    version(9, "AddRichText", PropertyEdits.TEXT_TO_RICH_TEXT),
                    version(10, "AddRichTextAttrs", nothing(), PropertyEdits.WITHOUT_RICH_TEXT_ATTRS),
                    version(
                            11,
                            "AddFirstEditedBy",
                            set("textFirstEditedBy", JsonNull.NULL),
                            remove("textFirstEditedBy")),
                    version(
                            12,
                            "MakeFontSizeAdjustmentRatio",
                            change("fontSizeAdjustment", NoteShape::ratio),
                            set("fontSizeAdjustment", 0)),
                    version(
                            13,
                            "RenameFirstEditedByToLast",
                            moveOrNull("textFirstEditedBy", "textLastEditedBy"),
                            moveOrNull("textLastEditedBy", "textFirstEditedBy")));

    private NoteShape() {}

    /** An adjustment was a number of pixels; one that was never made is the ratio 1, others have to be made again. */
    private static JsonValue ratio(@Nullable JsonValue pixels) {
        return Js.is(pixels, 0) ? JsonNumber.of(1) : JsonNull.NULL;
    }

    private static Edit moveOrNull(String from, String to) {
        return Edit.move(from, to).and(change(to, editor -> Js.orElse(editor, JsonNull.NULL)));
    }
}
