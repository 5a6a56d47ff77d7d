package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Version.storageVersion;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** An arrow. What its ends stick to is said by bindings; it used to be said by the arrow itself. */
final class ArrowShape {
    static final Subtype TYPE = Subtype.shape("arrow")
            .props(
                    field("kind", Styles.ARROW_KIND),
                    field("labelColor", Styles.LABEL_COLOR),
                    field("color", Styles.COLOR),
                    field("fill", Styles.FILL),
                    field("dash", Styles.DASH),
                    field("size", Styles.SIZE),
                    field("arrowheadStart", Styles.ARROWHEAD_START),
                    field("arrowheadEnd", Styles.ARROWHEAD_END),
                    field("font", Styles.FONT),
                    field("start", Parts.VECTOR),
                    field("end", Parts.VECTOR),
                    field("bend", number()),
                    field("richText", Parts.RICH_TEXT),
                    field("labelPosition", number()),
                    field("scale", nonZeroNumber()),
                    field("elbowMidPoint", number()))
            .migrations(
                    version(1, "AddLabelColor", set("labelColor", "black")),
                    version(2, "AddIsPrecise", ArrowTerminals.ADD_IS_PRECISE, ArrowTerminals.REMOVE_IS_PRECISE),
                    version(3, "AddLabelPosition", set("labelPosition", 0.5), remove("labelPosition")),
                    storageVersion(4, "ExtractBindings", ArrowTerminals::extractBindings),
                    version(5, "AddScale", set("scale", 1), remove("scale")),
                    version(
                            6,
                            "AddElbow",
                            set("kind", "arc").and(set("elbowMidPoint", 0.5)),
                            remove("kind", "elbowMidPoint")),
                    version(7, "AddRichText", PropertyEdits.TEXT_TO_RICH_TEXT),
                    version(8, "AddRichTextAttrs", nothing(), PropertyEdits.WITHOUT_RICH_TEXT_ATTRS))
            .notRetroactive();

    private ArrowShape() {}
}
