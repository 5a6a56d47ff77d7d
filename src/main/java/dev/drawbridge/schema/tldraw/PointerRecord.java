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

/** Where the pointer of one client is. */
final class PointerRecord {
    static final RecordType TYPE = RecordType.of(
            "pointer",
            RecordScope.SESSION,
            object(
                    field("typeName", literal("pointer")),
                    field("id", id("pointer")),
                    field("x", number()),
                    field("y", number()),
                    field("lastActivityTimestamp", number()),
                    field("meta", jsonValue())),
            version(1, "AddMeta", PropertyEdits.ADD_META));

    private PointerRecord() {}
}
