package dev.drawbridge.room.comments;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;

/** Threads and comments are deleted by a flag: those who have answered keep what they have said in its place. */
final class Deletion {
    private static final String FLAG = "isDeleted";

    private Deletion() {}

    /** Nothing becomes of such a record any more. */
    static boolean isDone(JsonObject record) {
        return JsonBoolean.TRUE.equals(record.get(FLAG));
    }
}
