package dev.drawbridge.simulation;

import dev.drawbridge.diff.MalformedDiffException;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordDiffer;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The records on a whiteboard, as a client keeps them. */
public final class Board {
    private final Map<String, JsonObject> records;

    public Board() {
        this(Map.of());
    }

    public Board(Map<String, JsonObject> records) {
        this.records = new TreeMap<>(records);
    }

    public Board copy() {
        return new Board(records);
    }

    public Map<String, JsonObject> records() {
        return records;
    }

    @Nullable
    public JsonObject get(String id) {
        return records.get(id);
    }

    public void put(String id, JsonObject record) {
        records.put(id, record);
    }

    public void remove(String id) {
        records.remove(id);
    }

    /** Applies a network diff (§5). */
    public void apply(JsonObject networkDiff) {
        networkDiff.entries().forEach(op -> apply(op.getKey(), op.getValue()));
    }

    private void apply(String id, JsonValue op) {
        try {
            switch (RecordOp.read(op).orElseThrow()) {
                case RecordOp.Put(JsonObject record) -> records.put(id, record);
                case RecordOp.Patch(ObjectDiff diff) -> records.computeIfPresent(id, (key, old) -> diff.applyTo(old));
                case RecordOp.Remove() -> records.remove(id);
            }
        } catch (MalformedDiffException e) {
            throw new AssertionError(op + " is no operation", e);
        }
    }

    /** The network diff that leads from here to another board. */
    public JsonObject diffTo(Board next) {
        JsonObject.Builder diff = JsonObject.builder();
        for (String id : differing(next)) {
            JsonObject before = get(id);
            JsonObject after = next.get(id);
            RecordOp op;
            if (after == null) {
                op = RecordOp.Remove.INSTANCE;
            } else if (before == null) {
                op = new RecordOp.Put(after);
            } else {
                op = new RecordOp.Patch(RecordDiffer.STRING_APPENDS.diff(before, after));
            }
            diff.put(id, op.toJson());
        }
        return diff.build();
    }

    /** What the other board has in place of each record that differs; empty where it has none. */
    public Map<String, Optional<JsonObject>> changesTo(Board next) {
        Map<String, Optional<JsonObject>> changes = new TreeMap<>();
        differing(next).forEach(id -> changes.put(id, Optional.ofNullable(next.get(id))));
        return changes;
    }

    public void make(Map<String, Optional<JsonObject>> changes) {
        changes.forEach((id, after) -> after.ifPresentOrElse(record -> put(id, record), () -> remove(id)));
    }

    private Set<String> differing(Board next) {
        Set<String> ids = new TreeSet<>(records.keySet());
        ids.addAll(next.records.keySet());
        ids.removeIf(id -> {
            JsonObject record = get(id);
            return record != null && record.equals(next.get(id));
        });
        return ids;
    }

    @Override
    public String toString() {
        return records.values().toString();
    }
}
