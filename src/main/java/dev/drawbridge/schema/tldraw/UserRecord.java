package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.nothing;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;

/** Somebody who has drawn here. */
final class UserRecord {
    static final RecordType TYPE = RecordType.of(
            "user",
            RecordScope.DOCUMENT,
            object(
                    field("typeName", literal("user")),
                    field("id", id("user")),
                    field("name", string()),
                    field("color", string()),
                    field("imageUrl", string()),
                    field("meta", jsonValue())),
            // It changes nothing and has no way back: so no client that is older than this can be served.
            version(1, "Initial", nothing()));

    private UserRecord() {}
}
