package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.nonZeroNumber;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** A web page, shown live. */
final class EmbedShape {
    static final Subtype TYPE = Subtype.shape("embed")
            .props(field("w", nonZeroNumber()), field("h", nonZeroNumber()), field("url", string()))
            .migrations(
                    version(1, "GenOriginalUrlInEmbed", EmbedUrls.RESTORE_ORIGINAL_URL),
                    version(2, "RemoveDoesResize", remove("doesResize")),
                    version(3, "RemoveTmpOldUrl", remove("tmpOldUrl")),
                    version(4, "RemovePermissionOverrides", remove("overridePermissions")));

    private EmbedShape() {}
}
