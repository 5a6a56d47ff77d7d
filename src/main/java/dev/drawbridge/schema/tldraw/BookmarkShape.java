package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;
import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.linkUrl;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.schema.Subtype;

/** A web page, shown as a card. */
final class BookmarkShape {
    static final Subtype TYPE = Subtype.shape("bookmark")
            .props(
                    field("w", nonZeroNumber()),
                    field("h", nonZeroNumber()),
                    field("assetId", id("asset").nullable()),
                    field("url", linkUrl()))
            .migrations(
                    version(1, "NullAssetId", change("assetId", assetId -> assetId == null ? JsonNull.NULL : assetId)),
                    version(2, "MakeUrlsValid", PropertyEdits.MAKE_LINK_URL_VALID, nothing()));

    private BookmarkShape() {}
}
