package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stores of records, as trees and packed. */
final class Stores {

    private Stores() {}

    static Map<String, PackedRecord> packed(Map<String, JsonObject> records) {
        Map<String, PackedRecord> packed = new LinkedHashMap<>();
        records.forEach((id, record) -> packed.put(id, PackedRecord.of(record)));
        return packed;
    }

    static Map<String, JsonObject> unpacked(Map<String, PackedRecord> records) {
        Map<String, JsonObject> unpacked = new LinkedHashMap<>();
        records.forEach((id, record) -> unpacked.put(id, record.unpack()));
        return unpacked;
    }
}
