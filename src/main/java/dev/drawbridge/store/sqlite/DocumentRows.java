package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.sqlite.Statements;
import dev.drawbridge.store.StorageKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes records and tombstones, each a row. A statement costs more than a row does: many small records go into one
 * statement, which takes less than half the time.
 */
final class DocumentRows {
    private static final int AT_ONCE = 100;

    /** What a prepared statement was given it keeps until its next use: so much, and no more. */
    private static final int BYTES_AT_ONCE = 1 << 20;

    private static final String PUT = put(1);
    private static final String PUT_MANY = put(AT_ONCE);

    private final Statements statements;

    DocumentRows(Statements statements) {
        this.statements = statements;
    }

    private static String put(int rows) {
        return "INSERT INTO document (room, id, state, clock) VALUES (?, ?, CAST(? AS TEXT), ?)"
                + ", (?, ?, CAST(? AS TEXT), ?)".repeat(rows - 1)
                + " ON CONFLICT (room, id) DO UPDATE SET state = excluded.state, clock = excluded.clock";
    }

    void write(long room, List<RowChange> changes) throws SQLException {
        List<StoredRecord> puts = new ArrayList<>();
        for (RowChange change : changes) {
            if (change instanceof RowChange.Put(StoredRecord record)) {
                puts.add(record);
                if (puts.size() == AT_ONCE) {
                    put(room, puts);
                    puts.clear();
                }
            } else {
                put(room, puts);
                puts.clear();
                remove(room, change);
            }
        }
        put(room, puts);
    }

    private void put(long room, List<StoredRecord> puts) throws SQLException {
        long bytes = puts.stream().mapToLong(put -> put.json().length).sum();
        if (puts.size() == AT_ONCE && bytes <= BYTES_AT_ONCE) {
            put(PUT_MANY, room, puts);
        } else {
            for (StoredRecord put : puts) {
                put(PUT, room, List.of(put));
            }
        }
    }

    private void put(String statement, long room, List<StoredRecord> puts) throws SQLException {
        List<Object> parameters = new ArrayList<>(4 * puts.size());
        for (StoredRecord put : puts) {
            parameters.add(room);
            parameters.add(StorageKey.of(put.id()));
            parameters.add(put.json());
            parameters.add(put.lastChangedClock());
        }
        statements.update(statement, parameters.toArray());
    }

    private void remove(long room, RowChange change) throws SQLException {
        switch (change) {
            case RowChange.Put put -> throw new IllegalArgumentException("nothing to remove: " + put);
            case RowChange.Prune(String id) ->
                statements.update("DELETE FROM tombstone WHERE room = ? AND id = ?", room, StorageKey.of(id));
            case RowChange.Delete(String id, long clock) -> {
                String key = StorageKey.of(id);
                statements.update("DELETE FROM document WHERE room = ? AND id = ?", room, key);
                statements.update(
                        "INSERT OR REPLACE INTO tombstone (room, id, clock) VALUES (?, ?, ?)", room, key, clock);
            }
        }
    }

    void delete(long room) throws SQLException {
        statements.update("DELETE FROM document WHERE room = ?", room);
        statements.update("DELETE FROM tombstone WHERE room = ?", room);
    }
}
