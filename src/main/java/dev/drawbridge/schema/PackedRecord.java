package dev.drawbridge.schema;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;

/**
 * A record in its encoded form, which is a fraction of its tree: what works on many records at once has the tree of one of
 * them at a time.
 */
public interface PackedRecord {

    /** UTF-8 JSON. The array is shared; nobody writes to it. */
    byte[] json();

    /** The record, made anew at each call. */
    JsonObject unpack();

    static PackedRecord of(JsonObject record) {
        return new Packed(Json.encode(record));
    }

    /** One that was packed here, and so can be unpacked. */
    record Packed(byte[] json) implements PackedRecord {
        @Override
        public JsonObject unpack() {
            try {
                return (JsonObject) Json.parse(json);
            } catch (JsonException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
