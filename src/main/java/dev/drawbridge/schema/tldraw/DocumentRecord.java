package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.number;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;

/** The drawing as a whole: there is one in a room. */
final class DocumentRecord {
    static final RecordType TYPE = RecordType.of(
            "document",
            RecordScope.DOCUMENT,
            object(
                    field("typeName", literal("document")),
                    field("id", literal("document:document")),
                    field("gridSize", number()),
                    field("name", string()),
                    field("meta", jsonValue())),
            version(1, "AddName", set("name", ""), remove("name")),
            version(2, "AddMeta", PropertyEdits.ADD_META));

    private DocumentRecord() {}
}
