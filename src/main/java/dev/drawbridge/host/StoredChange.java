package dev.drawbridge.host;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.StoredRecord;
import java.util.Collection;
import java.util.List;

/**
 * A change of a document that is stored, without the records themselves: whoever wants them reads them.
 *
 * @param previousClock of the document before it; 0 when there was no room before
 * @param clock of the document right after it
 * @param put the ids of records that are new or changed
 * @param removed the ids of records that were deleted
 * @param size of the whole document after it
 */
public record StoredChange(
        long previousClock, long clock, List<String> put, Collection<String> removed, DocumentSize size) {

    static StoredChange of(DocumentChange change) {
        return new StoredChange(
                change.previousClock(),
                change.clock(),
                change.puts().stream().map(StoredRecord::id).toList(),
                change.tombstones().keySet(),
                change.size());
    }

    /** Whether it has made the room. */
    public boolean isFirst() {
        return previousClock == 0;
    }
}
