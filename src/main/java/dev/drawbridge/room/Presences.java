package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is where: the presence records of the sessions. They live in memory and are never stored (§16). */
final class Presences {
    private final Map<String, JsonObject> records = new LinkedHashMap<>();

    @Nullable
    JsonObject get(String id) {
        return records.get(id);
    }

    void put(String id, JsonObject record) {
        records.put(id, record);
    }

    /** Whether there was one. */
    boolean remove(String id) {
        return records.remove(id) != null;
    }

    Map<String, JsonObject> all() {
        return records;
    }
}
