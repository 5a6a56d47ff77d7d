package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.linkUrl;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.positiveNumber;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** A geometric figure with a label. */
final class GeoShape {
    static final Subtype TYPE = Subtype.shape("geo")
            .props(
                    field("geo", Styles.GEO),
                    field("dash", Styles.DASH),
                    field("url", linkUrl()),
                    field("w", nonZeroNumber()),
                    field("h", nonZeroNumber()),
                    field("growY", positiveNumber()),
                    field("scale", nonZeroNumber()),
                    field("flipX", bool()),
                    field("flipY", bool()),
                    field("labelColor", Styles.LABEL_COLOR),
                    field("color", Styles.COLOR),
                    field("fill", Styles.FILL),
                    field("size", Styles.SIZE),
                    field("font", Styles.FONT),
                    field("align", Styles.HORIZONTAL_ALIGN),
                    field("verticalAlign", Styles.VERTICAL_ALIGN),
                    field("richText", Parts.RICH_TEXT))
            .migrations(
                    version(1, "AddUrlProp", set("url", "")),
                    version(2, "AddLabelColor", set("labelColor", "black")),
                    version(3, "RemoveJustify", PropertyEdits.REMOVE_JUSTIFY),
                    version(4, "AddCheckBox", nothing()),
                    version(5, "AddVerticalAlign", set("verticalAlign", "middle")),
                    version(6, "MigrateLegacyAlign", PropertyEdits.MIGRATE_LEGACY_ALIGN),
                    version(7, "AddCloud", nothing()),
                    version(8, "MakeUrlsValid", PropertyEdits.MAKE_LINK_URL_VALID, nothing()),
                    version(9, "AddScale", set("scale", 1), remove("scale")),
                    version(10, "AddRichText", PropertyEdits.TEXT_TO_RICH_TEXT),
                    version(11, "AddRichTextAttrs", nothing(), PropertyEdits.WITHOUT_RICH_TEXT_ATTRS),
                    version(
                            12,
                            "AddFlipProps",
                            set("flipX", false).and(set("flipY", false)),
                            remove("flipX", "flipY")));

    private GeoShape() {}
}
