package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.indexKey;
import static dev.drawbridge.schema.Validators.jsonValue;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;

import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;

/** A page of the drawing. */
final class PageRecord {
    static final RecordType TYPE = RecordType.of(
            "page",
            RecordScope.DOCUMENT,
            object(
                    field("typeName", literal("page")),
                    field("id", id("page")),
                    field("name", string()),
                    field("index", indexKey()),
                    field("meta", jsonValue())),
            version(1, "AddMeta", PropertyEdits.ADD_META));

    private PageRecord() {}
}
