package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.srcUrl;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.primitives.UrlRules;

/** What a web page says of itself. */
final class BookmarkAsset {
    static final Subtype TYPE = Subtype.asset("bookmark")
            .props(
                    field("title", string()),
                    field("description", string()),
                    field("image", string()),
                    field("favicon", string()),
                    field("src", srcUrl().nullable()))
            .migrations(
                    version(1, "MakeUrlsValid", PropertyEdits.MAKE_SRC_VALID, nothing()),
                    version(
                            2,
                            "AddFavicon",
                            PropertyEdits.emptyUnless("favicon", UrlRules::isSrcUrl),
                            remove("favicon")));

    private BookmarkAsset() {}
}
