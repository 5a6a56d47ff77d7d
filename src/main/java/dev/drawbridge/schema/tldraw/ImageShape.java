package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.linkUrl;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.schema.Subtype;

/** A picture. */
final class ImageShape {
    static final Subtype TYPE = Subtype.shape("image")
            .props(
                    field("w", nonZeroNumber()),
                    field("h", nonZeroNumber()),
                    field("playing", bool()),
                    field("url", linkUrl()),
                    field("assetId", id("asset").nullable()),
                    field(
                            "crop",
                            object(
                                            field("topLeft", Parts.VECTOR),
                                            field("bottomRight", Parts.VECTOR),
                                            field("isCircle", bool().optional()))
                                    .nullable()),
                    field("flipX", bool()),
                    field("flipY", bool()),
                    field("altText", string()))
            .migrations(
                    version(1, "AddUrlProp", set("url", "")),
                    version(2, "AddCropProp", set("crop", JsonNull.NULL), remove("crop")),
                    version(3, "MakeUrlsValid", PropertyEdits.MAKE_LINK_URL_VALID, nothing()),
                    version(4, "AddFlipProps", set("flipX", false).and(set("flipY", false)), remove("flipX", "flipY")),
                    version(5, "AddAltText", set("altText", ""), remove("altText")));

    private ImageShape() {}
}
