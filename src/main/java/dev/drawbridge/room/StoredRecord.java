package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.EncodedRecord;
import dev.drawbridge.schema.PackedRecord;
import java.util.Optional;

/**
 * A document record as it is kept, stored and sent: UTF-8 JSON. The array is shared; nobody writes to it.
 *
 * @param lastChangedClock the document clock of its last change (§10)
 */
public record StoredRecord(String id, byte[] json, long lastChangedClock) implements EncodedRecord, PackedRecord {

    /** @throws DamagedRecordException when it is not a JSON object: it has been damaged outside of this program */
    @Override
    public JsonObject unpack() {
        return ParsedRecords.parse(this);
    }

    /** The type that the record names; it is parsed for that. */
    public Optional<String> typeName() {
        return Optional.ofNullable(unpack().string("typeName"));
    }
}
