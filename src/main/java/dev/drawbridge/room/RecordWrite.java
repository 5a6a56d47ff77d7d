package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;

/** One write that a push comes to, and that somebody else decides about. Records are those of the server's schema. */
public sealed interface RecordWrite {

    /** @param record has not been validated yet */
    record Create(JsonObject record) implements RecordWrite {}

    /** @param after has not been validated yet */
    record Update(JsonObject before, JsonObject after) implements RecordWrite {}

    record Delete(JsonObject record) implements RecordWrite {}
}
