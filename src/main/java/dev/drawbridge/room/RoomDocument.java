package dev.drawbridge.room;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.RecordPuts;
import dev.drawbridge.schema.SerializedSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored part of a room: records, tombstones, clock (§10). Records are kept in the order of their last change, so
 * that what has changed since some clock is found without looking at the rest. It changes only by transactions.
 */
final class RoomDocument {
    private final SequencedMap<String, StoredRecord> records = new LinkedHashMap<>();
    private final ParsedRecords parsed = new ParsedRecords();
    private final Tombstones tombstones;
    private final SerializedSchema schema;
    private long clock;
    private long historyStartsAtClock;
    private long bytes;
    /** What was asked for last; a storm of joiners asks for the same. */
    private Since lastAsked = Since.UNKNOWN;

    /** A clock since which every record has changed. */
    static final long EVER = Long.MIN_VALUE;

    private record Since(long sinceClock, long clock, List<StoredRecord> records, RecordPuts puts) {
        static final Since UNKNOWN = new Since(0, -1, List.of(), RecordPuts.NONE);
    }

    RoomDocument(RoomSnapshot snapshot) {
        snapshot.documents().stream()
                .sorted(Comparator.comparingLong(StoredRecord::lastChangedClock))
                .forEach(record -> records.putLast(record.id(), record));
        this.tombstones = new Tombstones(snapshot.tombstones());
        this.schema = snapshot.schema();
        this.clock = snapshot.documentClock();
        this.historyStartsAtClock = snapshot.tombstoneHistoryStartsAtClock();
        this.bytes = snapshot.size().bytes();
    }

    long clock() {
        return clock;
    }

    DocumentSize size() {
        return new DocumentSize(records.size(), bytes);
    }

    /** Whether a client that was at that clock can be told what happened since; if not it has to be wiped (§11). */
    boolean remembers(long sinceClock) {
        return sinceClock >= historyStartsAtClock;
    }

    /** How many bytes a record takes; 0 when there is none. */
    int length(String id) {
        return jsonLength(records.get(id));
    }

    boolean has(String id) {
        return records.containsKey(id);
    }

    @Nullable
    JsonObject get(String id) {
        StoredRecord stored = records.get(id);
        return stored == null ? null : parsed.tree(stored);
    }

    Optional<StoredRecord> stored(String id) {
        return Optional.ofNullable(records.get(id));
    }

    /** The record if it is known to be valid: then only what differs from it has to be validated. */
    @Nullable
    JsonObject getValidated(String id) {
        return parsed.isValidated(id) ? get(id) : null;
    }

    Set<String> ids() {
        return records.keySet();
    }

    Collection<StoredRecord> records() {
        return records.values();
    }

    /** In the order of their last change, the last one first. */
    Collection<StoredRecord> newestFirst() {
        return records.sequencedValues().reversed();
    }

    /** The record if it is what the document holds now. */
    boolean isPresent(StoredRecord record) {
        return records.get(record.id()) == record;
    }

    /** The tree of a record if it is at hand. */
    @Nullable
    JsonObject parsed(String id) {
        return parsed.known(id);
    }

    List<StoredRecord> recordsSince(long sinceClock) {
        return since(sinceClock).records;
    }

    /** The same, ready to be sent; made once for all who ask for the same before the next change. */
    RecordPuts putsSince(long sinceClock) {
        return since(sinceClock).puts;
    }

    private Since since(long sinceClock) {
        if (lastAsked.sinceClock != sinceClock || lastAsked.clock != clock) {
            List<StoredRecord> changed = new ArrayList<>();
            if (sinceClock == EVER) {
                changed.addAll(records.values());
            } else {
                for (StoredRecord stored : newestFirst()) {
                    if (stored.lastChangedClock() <= sinceClock) {
                        break;
                    }
                    changed.add(stored);
                }
            }
            List<StoredRecord> list = List.copyOf(changed);
            lastAsked = new Since(sinceClock, clock, list, new RecordPuts(list));
        }
        return lastAsked;
    }

    List<String> deletedSince(long sinceClock) {
        return tombstones.since(sinceClock);
    }

    RoomSnapshot snapshot() {
        return new RoomSnapshot(List.copyOf(records.values()), tombstones.asMap(), clock, historyStartsAtClock, schema);
    }

    /** The changes with their records encoded, and what the document would come to; nothing has changed yet. */
    Draft draft(Collection<RecordChange> changes) {
        Map<String, StoredRecord> encoded = LinkedHashMap.newLinkedHashMap(changes.size());
        int count = records.size();
        long sum = bytes;
        int largestGrown = 0;
        for (RecordChange change : changes) {
            int before = jsonLength(records.get(change.id()));
            switch (change) {
                case RecordChange.Created(String id, JsonObject record) -> {
                    encoded.put(id, new StoredRecord(id, Json.encode(record), clock + 1));
                    count++;
                }
                case RecordChange.Updated updated ->
                    encoded.put(updated.id(), new StoredRecord(updated.id(), Json.encode(updated.after()), clock + 1));
                case RecordChange.Deleted ignored -> count--;
            }
            int after = jsonLength(encoded.get(change.id()));
            sum += after - before;
            largestGrown = after > before ? Math.max(largestGrown, after) : largestGrown;
        }
        return new Draft(changes, encoded, new DocumentSize(count, sum), largestGrown);
    }

    /**
     * Changes that are ready to be made.
     *
     * @param encoded the records that are put, by id
     * @param size what the document comes to
     * @param largestGrown how many bytes the largest of those records has that are larger than before
     */
    record Draft(
            Collection<RecordChange> changes, Map<String, StoredRecord> encoded, DocumentSize size, int largestGrown) {}

    /**
     * Makes the changes of a draft of the present document, all of them at the next clock (§10), and says what has to be
     * stored; nothing when nothing changes.
     *
     * @param validated whether the new records have passed their validators
     */
    Optional<DocumentChange> land(Draft draft, boolean validated) {
        if (draft.changes.isEmpty()) {
            return Optional.empty();
        }
        long previousClock = clock++;
        lastAsked = Since.UNKNOWN;
        Map<String, Long> deleted = new LinkedHashMap<>();
        Set<String> revived = new HashSet<>();
        for (RecordChange change : draft.changes) {
            String id = change.id();
            switch (change) {
                case RecordChange.Created created -> {
                    tombstones.remove(id);
                    // Even without a tombstone here: the store may remember it for longer (DocumentChange.then).
                    revived.add(id);
                    parsed.keep(id, created.record(), validated);
                }
                case RecordChange.Updated updated -> parsed.keep(id, updated.after(), validated);
                case RecordChange.Deleted ignored -> {
                    records.remove(id);
                    parsed.forget(id);
                    tombstones.add(id, clock);
                    deleted.put(id, clock);
                }
            }
        }
        draft.encoded.forEach(records::putLast);
        bytes = draft.size.bytes();
        List<StoredRecord> puts = List.copyOf(draft.encoded.values());
        return Optional.of(
                new DocumentChange(previousClock, clock, historyStartsAtClock, schema, puts, deleted, revived, size()));
    }

    private static int jsonLength(@Nullable StoredRecord record) {
        return record == null ? 0 : record.json().length;
    }

    /**
     * Forgets the oldest tombstones when there are too many, and raises the start of the history to what is still known:
     * a client from before that has to be wiped (§11, §21.4).
     */
    Optional<DocumentChange> pruneTombstones(RoomSettings settings) {
        int excess = tombstones.size() - settings.maxTombstones();
        if (excess <= 0) {
            return Optional.empty();
        }
        List<String> pruned = tombstones.oldest(settings.tombstonePruneBuffer() + excess);
        pruned.forEach(tombstones::remove);
        historyStartsAtClock = Math.max(historyStartsAtClock, tombstones.oldestClockOr(clock));
        return Optional.of(new DocumentChange(
                clock, clock, historyStartsAtClock, schema, List.of(), Map.of(), Set.copyOf(pruned), size()));
    }
}
