package dev.drawbridge.simulation;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was acknowledged. It speaks of the records that one client alone touches: each change of such a record, its
 * removal too, has a version of its own, and the versions of a record only grow.
 */
public final class Ledger {
    private final Map<String, Long> versions = new TreeMap<>();
    private final Map<String, Long> removals = new TreeMap<>();
    private final Map<String, Long> acknowledged = new TreeMap<>();

    public long nextVersion(String id) {
        return versions.merge(id, 1L, Long::sum);
    }

    public void removed(String id) {
        removals.put(id, nextVersion(id));
    }

    /** The version that a client has put on a record, or at which it has removed it. */
    public long versionOn(String id, Board board) {
        JsonObject record = board.get(id);
        return record == null ? removals.getOrDefault(id, 0L) : version(record);
    }

    public void acknowledged(String id, long version) {
        acknowledged.merge(id, version, Long::max);
    }

    /** Acknowledged is stored: as it was acknowledged, or something newer of the same client. */
    public void check(Map<String, JsonObject> stored) {
        acknowledged.forEach((id, version) -> {
            if (!holds(stored, id, version)) {
                throw Violation.of(
                        "version %d of %s was acknowledged, but stored is %s",
                        version, id, String.valueOf(stored.get(id)));
            }
        });
    }

    /** The store has been restored to this state: what it has lost is not asked for any more. */
    public void forgive(Map<String, JsonObject> stored) {
        acknowledged.entrySet().removeIf(entry -> !holds(stored, entry.getKey(), entry.getValue()));
    }

    private boolean holds(Map<String, JsonObject> stored, String id, long version) {
        JsonObject record = stored.get(id);
        return (record == null ? removals.getOrDefault(id, 0L) : version(record)) >= version;
    }

    private static long version(JsonObject record) {
        JsonValue version = record.get("meta") instanceof JsonObject meta ? meta.get("v") : null;
        return version instanceof JsonNumber(double number) ? (long) number : 0;
    }
}
