package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.arrayOf;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.nonZeroFiniteNumber;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** A line drawn with a highlighter. */
final class HighlightShape {
    static final Subtype TYPE = Subtype.shape("highlight")
            .props(
                    field("color", Styles.COLOR),
                    field("size", Styles.SIZE),
                    field("segments", arrayOf(Segments.SEGMENT)),
                    field("isComplete", bool()),
                    field("isPen", bool()),
                    field("scale", nonZeroNumber()),
                    field("scaleX", nonZeroFiniteNumber()),
                    field("scaleY", nonZeroFiniteNumber()))
            .migrations(
                    version(1, "AddScale", set("scale", 1), remove("scale")),
                    version(
                            2,
                            "Base64",
                            Segments.TO_PATHS.and(Segments.ADD_SCALES),
                            Segments.TO_POINTS.and(Segments.REMOVE_SCALES)),
                    version(3, "LegacyPointsConversion", Segments.TO_PATHS, nothing()),
                    version(4, "OmitNonPressureZ", nothing(), Segments.WITH_PRESSURE));

    private HighlightShape() {}
}
