package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;

/** Where one client looks at a page. */
final class CameraRecord {
    static final RecordType TYPE = RecordType.of(
            "camera",
            RecordScope.SESSION,
            object(
                    field("typeName", literal("camera")),
                    field("id", id("camera")),
                    field("x", number()),
                    field("y", number()),
                    field("z", number()),
                    field("meta", jsonValue())),
            version(1, "AddMeta", PropertyEdits.ADD_META));

    private CameraRecord() {}
}
