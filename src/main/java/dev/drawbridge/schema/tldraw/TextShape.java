package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.move;
import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** A text without a frame. */
final class TextShape {
    static final Subtype TYPE = Subtype.shape("text")
            .props(
                    field("color", Styles.COLOR),
                    field("size", Styles.SIZE),
                    field("font", Styles.FONT),
                    field("textAlign", Styles.TEXT_ALIGN),
                    field("w", nonZeroNumber()),
                    field("richText", Parts.RICH_TEXT),
                    field("scale", nonZeroNumber()),
                    field("autoSize", bool()))
            .migrations(
                    version(1, "RemoveJustify", PropertyEdits.REMOVE_JUSTIFY),
                    version(2, "AddTextAlign", move("align", "textAlign"), move("textAlign", "align")),
                    version(3, "AddRichText", PropertyEdits.TEXT_TO_RICH_TEXT),
                    version(4, "AddRichTextAttrs", nothing(), PropertyEdits.WITHOUT_RICH_TEXT_ATTRS));

    private TextShape() {}
}
