package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;

/** One write that a push comes to, and that somebody else decides about. Records are those of the server's schema. */
public sealed interface RecordWrite {

    /** A record begins, which has not been validated yet. */
    record Create(JsonObject record) implements RecordWrite {}

    /** A record becomes another, which has not been validated yet. */
    record Update(JsonObject before, JsonObject after) implements RecordWrite {}

    /** A record ends. */
    record Delete(JsonObject record) implements RecordWrite {}
}
