package dev.drawbridge.room;

import dev.drawbridge.schema.SerializedSchema;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /** This change and the one that follows it, as one; for many that follow each other see {@link DocumentChanges}. */
    public DocumentChange then(DocumentChange next) {
        DocumentChanges both = new DocumentChanges(this);
        both.add(next);
        return both.asOne();
    }

    /** The bytes of all records in this change. */
    public long bytesPut() {
        return puts.stream().mapToLong(put -> put.json().length).sum();
    }
}
