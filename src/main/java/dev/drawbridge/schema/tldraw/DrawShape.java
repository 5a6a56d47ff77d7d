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

/** A line drawn by hand. */
final class DrawShape {
    static final Subtype TYPE = Subtype.shape("draw")
            .props(
                    field("color", Styles.COLOR),
                    field("fill", Styles.FILL),
                    field("dash", Styles.DASH),
                    field("size", Styles.SIZE),
                    field("segments", arrayOf(Segments.SEGMENT)),
                    field("isComplete", bool()),
                    field("isClosed", bool()),
                    field("isPen", bool()),
                    field("scale", nonZeroNumber()),
                    field("scaleX", nonZeroFiniteNumber()),
                    field("scaleY", nonZeroFiniteNumber()))
            .migrations(
                    version(1, "AddInPen", Segments.ADD_IS_PEN),
                    version(2, "AddScale", set("scale", 1), remove("scale")),
                    version(
                            3,
                            "Base64",
                            Segments.TO_PATHS.and(Segments.ADD_SCALES),
                            Segments.TO_POINTS.and(Segments.REMOVE_SCALES)),
                    version(4, "LegacyPointsConversion", Segments.TO_PATHS, nothing()),
                    version(5, "OmitNonPressureZ", nothing(), Segments.WITH_PRESSURE));

    private DrawShape() {}
}
