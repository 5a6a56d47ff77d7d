package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.dict;
import static dev.drawbridge.schema.Validators.indexKey;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** A line through points. */
final class LineShape {
    static final Subtype TYPE = Subtype.shape("line")
            .props(
                    field("color", Styles.COLOR),
                    field("dash", Styles.DASH),
                    field("size", Styles.SIZE),
                    field("spline", Styles.SPLINE),
                    field(
                            "points",
                            dict(object(
                                    field("id", string()),
                                    field("index", indexKey()),
                                    field("x", number()),
                                    field("y", number())))),
                    field("scale", nonZeroNumber()))
            .migrations(
                    version(1, "AddSnapHandles", LinePoints.ADD_SNAP),
                    version(2, "RemoveExtraHandleProps", LinePoints.PLAIN_HANDLES, LinePoints.FULL_HANDLES),
                    version(3, "HandlesToPoints", LinePoints.HANDLES_TO_LIST, LinePoints.LIST_TO_HANDLES),
                    version(4, "PointIndexIds", LinePoints.LIST_TO_DICT, LinePoints.DICT_TO_LIST),
                    version(5, "AddScale", set("scale", 1), remove("scale")));

    private LineShape() {}
}
