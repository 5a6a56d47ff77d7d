package dev.drawbridge.room;

import dev.drawbridge.schema.SerializedSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a store has to write to follow the room from one clock to the next: only what changed.
 *
 * @param previousClock the clock that the stored room must have; 0 for a room that is not stored yet
 * @param clock the clock afterwards; equal to the previous one when only tombstones were pruned
 * @param historyStartsAtClock nothing is known of deletions before this clock
 * @param puts records that are new or changed
 * @param tombstones records that were deleted, each with the clock of its deletion
 * @param prunedTombstones tombstones that are no longer kept, because they are too old or their record is back; for some
 *     there may be none
 * @param size of the whole document, afterwards
 */
public record DocumentChange(
        long previousClock,
        long clock,
        long historyStartsAtClock,
        SerializedSchema schema,
        List<StoredRecord> puts,
        Map<String, Long> tombstones,
        Set<String> prunedTombstones,
        DocumentSize size) {

    /** This change and the one that follows it, as one. */
    public DocumentChange then(DocumentChange next) {
        if (next.previousClock != clock) {
            throw new IllegalArgumentException(
                    "a change that starts at clock " + next.previousClock + " cannot follow clock " + clock);
        }
        Map<String, StoredRecord> allPuts = new LinkedHashMap<>();
        Map<String, Long> allTombstones = new LinkedHashMap<>(tombstones);
        Set<String> allPruned = new HashSet<>(prunedTombstones);
        puts.forEach(put -> allPuts.put(put.id(), put));
        for (StoredRecord put : next.puts) {
            allPuts.put(put.id(), put);
        }
        Set<String> putNext = next.puts.stream().map(StoredRecord::id).collect(Collectors.toSet());
        for (String id : next.prunedTombstones) {
            // The tombstone of a deletion that is not stored yet is what deletes the record: it stays, too old to
            // matter.
            if (!allTombstones.containsKey(id) || putNext.contains(id)) {
                allTombstones.remove(id);
                allPruned.add(id);
            }
        }
        next.tombstones.forEach((id, deletedAt) -> {
            allPuts.remove(id);
            allPruned.remove(id);
            allTombstones.put(id, deletedAt);
        });
        return new DocumentChange(
                previousClock,
                next.clock,
                next.historyStartsAtClock,
                next.schema,
                new ArrayList<>(allPuts.values()),
                allTombstones,
                allPruned,
                next.size);
    }

    /** The bytes of all records in this change. */
    public long bytesPut() {
        return puts.stream().mapToLong(put -> put.json().length).sum();
    }
}
