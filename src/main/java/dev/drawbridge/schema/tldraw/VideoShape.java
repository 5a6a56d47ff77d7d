package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.linkUrl;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** A film. */
final class VideoShape {
    static final Subtype TYPE = Subtype.shape("video")
            .props(
                    field("w", nonZeroNumber()),
                    field("h", nonZeroNumber()),
                    field("time", number()),
                    field("playing", bool()),
                    field("autoplay", bool()),
                    field("url", linkUrl()),
                    field("assetId", id("asset").nullable()),
                    field("altText", string()))
            .migrations(
                    version(1, "AddUrlProp", set("url", "")),
                    version(2, "MakeUrlsValid", PropertyEdits.MAKE_LINK_URL_VALID, nothing()),
                    version(3, "AddAltText", set("altText", ""), remove("altText")),
                    version(4, "AddAutoplay", set("autoplay", true), remove("autoplay")));

    private VideoShape() {}
}
