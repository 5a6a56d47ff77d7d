package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.StoredRecord;
import java.util.ArrayList;
import java.util.List;

/** What a change of a room does to one of its rows. Doing it again changes nothing, as long as the order is kept. */
sealed interface RowChange {

    /** The record is new or changed. */
    record Put(StoredRecord record) implements RowChange {}

    /** A tombstone is no longer kept; there may be none. */
    record Prune(String id) implements RowChange {}

    /** A record is gone, and its tombstone stays. */
    record Delete(String id, long clock) implements RowChange {}

    /** All that a change does, in the order in which it has to be done. */
    static List<RowChange> of(DocumentChange change) {
        List<RowChange> rows = new ArrayList<>(change.puts().size()
                + change.prunedTombstones().size()
                + change.tombstones().size());
        change.puts().forEach(put -> rows.add(new Put(put)));
        change.prunedTombstones().forEach(id -> rows.add(new Prune(id)));
        change.tombstones().forEach((id, clock) -> rows.add(new Delete(id, clock)));
        return rows;
    }

    /** How many bytes it takes in the journal, about. */
    default int weight() {
        return switch (this) {
            case Put(StoredRecord record) -> record.json().length + record.id().length() + 17;
            case Prune(String id) -> id.length() + 5;
            case Delete(String id, long ignored) -> id.length() + 13;
        };
    }
}
