package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** A frame around other shapes. Its color is no style: choosing one says nothing about the next shape. */
final class FrameShape {
    static final Subtype TYPE = Subtype.shape("frame")
            .props(
                    field("w", nonZeroNumber()),
                    field("h", nonZeroNumber()),
                    field("name", string()),
                    field("color", Styles.COLOR.values()))
            .migrations(version(1, "AddColorProp", set("color", "black"), remove("color")));

    private FrameShape() {}
}
