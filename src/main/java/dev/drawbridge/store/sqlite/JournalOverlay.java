package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.sqlite.Statements;
import dev.drawbridge.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the {@link Journal} of a room says that its rows do not say yet. */
final class JournalOverlay {
    private final Map<String, StoredRecord> puts = new LinkedHashMap<>();
    private final Set<String> deleted = new HashSet<>();
    private final Map<String, Long> tombstones = new LinkedHashMap<>();
    private final Set<String> pruned = new HashSet<>();

    private JournalOverlay() {}

    /**
     * To be read in the transaction in which the rows are.
     *
     * @throws StoreException when an entry is damaged
     */
    static JournalOverlay of(Statements statements, long room) throws SQLException {
        JournalOverlay overlay = new JournalOverlay();
        try (ResultSet entries = statements
                .with("SELECT change FROM journal WHERE room = ? ORDER BY key", room)
                .executeQuery()) {
            while (entries.next()) {
                JournalCodec.decode(entries.getBytes(1)).forEach(overlay::apply);
            }
        }
        return overlay;
    }

    private void apply(RowChange change) {
        switch (change) {
            case RowChange.Put(StoredRecord record) -> {
                puts.put(record.id(), record);
                deleted.remove(record.id());
            }
            case RowChange.Prune(String id) -> {
                tombstones.remove(id);
                pruned.add(id);
            }
            case RowChange.Delete(String id, long clock) -> {
                puts.remove(id);
                deleted.add(id);
                tombstones.put(id, clock);
            }
        }
    }

    /** Whether the row of this record, if there is one, does not count. */
    boolean replaces(String recordId) {
        return puts.containsKey(recordId) || deleted.contains(recordId);
    }

    /** Whether it says nothing. */
    boolean isEmpty() {
        return puts.isEmpty() && deleted.isEmpty();
    }

    /** The record that counts instead of its row; none when it was deleted. */
    Optional<StoredRecord> record(String id) {
        return Optional.ofNullable(puts.get(id));
    }

    /** The records that count instead of their rows. */
    Collection<StoredRecord> records() {
        return Collections.unmodifiableCollection(puts.values());
    }

    /** All tombstones, in the order of their clocks. */
    Map<String, Long> over(Map<String, Long> rows) {
        if (tombstones.isEmpty() && pruned.isEmpty()) {
            return rows;
        }
        Map<String, Long> all = new LinkedHashMap<>(rows);
        all.keySet().removeAll(pruned);
        all.putAll(tombstones);
        List<Map.Entry<String, Long>> sorted = new ArrayList<>(all.entrySet());
        sorted.sort(Map.Entry.comparingByValue());
        Map<String, Long> result = new LinkedHashMap<>();
        sorted.forEach(tombstone -> result.put(tombstone.getKey(), tombstone.getValue()));
        return result;
    }
}
