package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.oneOf;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** What one end of an arrow sticks to. */
final class ArrowBinding {
    static final Subtype TYPE = Subtype.binding("arrow")
            .props(
                    field("terminal", oneOf("start", "end")),
                    field("normalizedAnchor", Parts.VECTOR),
                    field("isExact", bool()),
                    field("isPrecise", bool()),
                    field("snap", oneOf("center", "edge-point", "edge", "none")))
            .migrations(
                    version(1, "AddSnap", set("snap", "none"), remove("snap")).after("com.tldraw.shape.arrow/4"));

    private ArrowBinding() {}
}
