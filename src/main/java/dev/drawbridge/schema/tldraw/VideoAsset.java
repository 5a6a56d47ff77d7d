package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.move;
import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.bool;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.srcUrl;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.Subtype;

/** The file of a film. */
final class VideoAsset {
    static final Subtype TYPE = Subtype.asset("video")
            .props(
                    field("w", number()),
                    field("h", number()),
                    field("name", string()),
                    field("isAnimated", bool()),
                    field("mimeType", string().nullable()),
                    field("src", srcUrl().nullable()),
                    field("fileSize", number().optional()))
            .migrations(
                    version(1, "AddIsAnimated", set("isAnimated", false), remove("isAnimated")),
                    version(
                            2,
                            "RenameWidthHeight",
                            move("width", "w").and(move("height", "h")),
                            move("w", "width").and(move("h", "height"))),
                    version(3, "MakeUrlsValid", PropertyEdits.MAKE_SRC_VALID, nothing()),
                    version(4, "AddFileSize", set("fileSize", -1), remove("fileSize")),
                    version(
                            5,
                            "MakeFileSizeOptional",
                            PropertyEdits.UNKNOWN_FILE_SIZE_TO_NONE,
                            PropertyEdits.NO_FILE_SIZE_TO_UNKNOWN));

    private VideoAsset() {}
}
