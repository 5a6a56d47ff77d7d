package dev.drawbridge.history;

import dev.drawbridge.history.VersionChanges.Change;
import dev.drawbridge.history.VersionChanges.Counts;
import dev.drawbridge.history.VersionChanges.Kind;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.DamagedRecordException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells two documents apart, record by record. A record that reads the same has not changed, whatever its clock: one that was
 * brought back is what it was.
 */
final class Comparison {
    private static final String SHAPE = "shape";
    private static final String PAGE_ID = "page:";

    private final Map<String, StoredRecord> before;
    private final Map<String, StoredRecord> after;
    private final SortedMap<String, Counts> counts = new TreeMap<>();
    private final List<Change> first = new ArrayList<>();
    private final int limit;
    private boolean more;

    /** @param limit how many changes are told one by one */
    Comparison(Optional<RoomSnapshot> before, RoomSnapshot after, int limit) {
        this.before = before.map(Comparison::byId).orElse(Map.of());
        this.after = byId(after);
        this.limit = limit;
        SortedSet<String> ids = new TreeSet<>(this.before.keySet());
        ids.addAll(this.after.keySet());
        ids.forEach(this::compare);
    }

    private static Map<String, StoredRecord> byId(RoomSnapshot document) {
        Map<String, StoredRecord> records = new HashMap<>();
        document.documents().forEach(record -> records.put(record.id(), record));
        return records;
    }

    SortedMap<String, Counts> counts() {
        return counts;
    }

    List<Change> changes() {
        return first;
    }

    boolean more() {
        return more;
    }

    private void compare(String id) {
        StoredRecord then = before.get(id);
        StoredRecord now = after.get(id);
        if (then == null && now != null) {
            add(now, Kind.ADDED, after);
        } else if (then != null && now == null) {
            add(then, Kind.REMOVED, before);
        } else if (then != null && now != null && !Arrays.equals(then.json(), now.json())) {
            add(now, Kind.CHANGED, after);
        }
    }

    private void add(StoredRecord record, Kind kind, Map<String, StoredRecord> among) {
        JsonObject json = parsed(record);
        String type = json.string("typeName");
        String typeName = type == null ? "unknown" : type;
        counts.merge(
                typeName,
                new Counts(kind == Kind.ADDED ? 1 : 0, kind == Kind.CHANGED ? 1 : 0, kind == Kind.REMOVED ? 1 : 0),
                (one, other) -> new Counts(
                        one.added() + other.added(), one.changed() + other.changed(), one.removed() + other.removed()));
        if (first.size() < limit) {
            first.add(new Change(
                    record.id(), typeName, kind, SHAPE.equals(typeName) ? page(json, among) : Optional.empty()));
        } else {
            more = true;
        }
    }

    /** Up from parent to parent. What hangs on nothing, or on itself, is on no page. */
    private static Optional<String> page(JsonObject shape, Map<String, StoredRecord> among) {
        Set<String> seen = new HashSet<>();
        String parent = shape.string("parentId");
        while (parent != null && seen.add(parent)) {
            if (parent.startsWith(PAGE_ID)) {
                return Optional.of(parent);
            }
            parent = parentOf(among.get(parent));
        }
        return Optional.empty();
    }

    private static @Nullable String parentOf(@Nullable StoredRecord record) {
        return record == null ? null : parsed(record).string("parentId");
    }

    private static JsonObject parsed(StoredRecord record) {
        try {
            return record.unpack();
        } catch (DamagedRecordException e) {
            return JsonObject.EMPTY;
        }
    }
}
