package dev.drawbridge.host;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import java.util.List;
import java.util.OptionalLong;

/**
 * Changes to a room's records that land together or not at all.
 *
 * @param puts records to create or replace
 * @param deletes ids of records to delete; those that are not there do not matter
 * @param ifClock the clock that the room must have for it
 */
public record RoomPatch(List<JsonObject> puts, List<String> deletes, OptionalLong ifClock) {

    private static final int MANY = 64;
    private static final int LONG = 64 << 10;

    /** Whether it may take long to make these changes. */
    boolean isLarge() {
        return puts.size() + deletes.size() > MANY
                || puts.stream().mapToLong(record -> Json.encode(record).length).sum() > LONG;
    }

    /** What became of a patch: how many records it touched, and the clock afterwards. */
    public record Outcome(long documentClock, int created, int updated, int deleted) {}
}
