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
    private SerializedSchema schema;
    private final List<ForeignClocks> foreign;
    private long clock;
    private long historyStartsAtClock;
    private long bytes;
    /** What was asked for last; a storm of joiners asks for the same. */
    private Since lastAsked = Since.UNKNOWN;

    /** The clock at the last look whether anybody edits. */
    private long clockSeen;

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
        this.foreign = ForeignClocks.in(snapshot.tombstones());
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
        return sinceClock >= historyStartsAtClock && foreign.stream().noneMatch(clocks -> clocks.isBetween(sinceClock));
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
        List<String> ids = tombstones.since(sinceClock);
        ids.removeIf(ForeignClocks::isMark);
        return ids;
    }

    SerializedSchema schema() {
        return schema;
    }

    /** From now on the records are of these sequences too; it is stored with the next change. */
    void learn(JsonObject sequences) {
        schema = schema.with(sequences);
    }

    RoomSnapshot snapshot() {
        return new RoomSnapshot(List.copyOf(records.values()), tombstones.asMap(), clock, historyStartsAtClock, schema);
    }

    /** The changes with their records encoded, and what the document would come to; nothing has changed yet. */
    Draft draft(Collection<RecordChange> changes) {
        List<StoredRecord> puts = new ArrayList<>(changes.size());
        List<String> deletes = new ArrayList<>();
        Map<String, JsonObject> trees = LinkedHashMap.newLinkedHashMap(changes.size());
        for (RecordChange change : changes) {
            switch (change) {
                case RecordChange.Created(String id, JsonObject record) -> trees.put(id, record);
                case RecordChange.Updated updated -> trees.put(updated.id(), updated.after());
                case RecordChange.Deleted(String id) -> deletes.add(id);
            }
        }
        trees.forEach((id, tree) -> puts.add(new StoredRecord(id, Json.encode(tree), clock + 1)));
        return draft(puts, deletes, trees);
    }

    /**
     * The same of records that are encoded already, so that their trees need not be had.
     *
     * @param puts each with its next clock
     * @param deletes ids of records that are there
     * @param trees of the puts, as far as they are at hand
     */
    Draft draft(Collection<StoredRecord> puts, Collection<String> deletes, Map<String, JsonObject> trees) {
        int count = records.size() - deletes.size();
        long sum = bytes;
        int largestGrown = 0;
        for (StoredRecord put : puts) {
            StoredRecord before = records.get(put.id());
            int length = put.json().length;
            count += before == null ? 1 : 0;
            sum += length - jsonLength(before);
            largestGrown = length > jsonLength(before) ? Math.max(largestGrown, length) : largestGrown;
        }
        for (String id : deletes) {
            sum -= length(id);
        }
        return new Draft(puts, deletes, trees, new DocumentSize(count, sum), largestGrown);
    }

    /**
     * Changes that are ready to be made.
     *
     * @param trees of the puts, as far as they are at hand
     * @param size what the document comes to
     * @param largestGrown how many bytes the largest of those records has that are larger than before
     */
    record Draft(
            Collection<StoredRecord> puts,
            Collection<String> deletes,
            Map<String, JsonObject> trees,
            DocumentSize size,
            int largestGrown) {}

    /**
     * Makes the changes of a draft of the present document, all of them at the next clock (§10), and says what has to be
     * stored; nothing when nothing changes.
     *
     * @param validated whether the new records have passed their validators
     */
    Optional<DocumentChange> land(Draft draft, boolean validated) {
        if (draft.puts.isEmpty() && draft.deletes.isEmpty()) {
            return Optional.empty();
        }
        long previousClock = clock++;
        lastAsked = Since.UNKNOWN;
        Map<String, Long> deleted = new LinkedHashMap<>();
        Set<String> revived = new HashSet<>();
        for (String id : draft.deletes) {
            records.remove(id);
            parsed.forget(id);
            tombstones.add(id, clock);
            deleted.put(id, clock);
        }
        for (StoredRecord put : draft.puts) {
            String id = put.id();
            if (records.putLast(id, put) == null) {
                tombstones.remove(id);
                // Even without a tombstone here: the store may remember it for longer (DocumentChange.then).
                revived.add(id);
            }
            JsonObject tree = draft.trees.get(id);
            if (tree == null) {
                parsed.forget(id);
            } else {
                parsed.keep(put, tree, validated);
            }
        }
        bytes = draft.size.bytes();
        List<StoredRecord> puts = List.copyOf(draft.puts);
        return Optional.of(
                new DocumentChange(previousClock, clock, historyStartsAtClock, schema, puts, deleted, revived, size()));
    }

    private static int jsonLength(@Nullable StoredRecord record) {
        return record == null ? 0 : record.json().length;
    }

    /** Time has passed, some seconds: what was made for those who edit or join is let go when nobody has edited since. */
    void rest() {
        if (clockSeen == clock) {
            parsed.forgetAll();
            lastAsked = Since.UNKNOWN;
        }
        clockSeen = clock;
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
