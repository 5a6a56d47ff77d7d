package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.sqlite.Statements;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.SchemaText;
import dev.drawbridge.store.StorageKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is written to the tables of {@link SqliteLayout}, within whatever transaction the connection is in. */
final class RoomWriter {
    /** A change of more rows than this is journalled: it would hold up the commits of other rooms. */
    static final int LARGE = 1_000;

    private final Statements statements;
    private final DocumentRows rows;
    private final Journal journal;
    private final int large;
    private final SchemaText schemaText = new SchemaText();
    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, Long> schemaKeys = new HashMap<>();
    private final long generation;
    private boolean written;

    /** @param generation what the rooms that are written are marked with, see {@link RestoreWatch} */
    RoomWriter(Connection connection, long generation) {
        this(connection, generation, LARGE, Journal.ENOUGH_BYTES);
    }

    /**
     * @param large changes of more rows are journalled
     * @param enough how many bytes of a room are journalled before its changes become rows at once
     */
    RoomWriter(Connection connection, long generation, int large, long enough) {
        this.statements = new Statements(connection);
        this.rows = new DocumentRows(statements);
        this.journal = new Journal(statements, rows, enough);
        this.large = large;
        this.generation = generation;
    }

    private record Room(long key, long clock, long generation) {}

    /**
     * A room that was committed to, as this transaction leaves it. This is the only writer: it need not be asked for again
     * with each commit.
     */
    private record Known(Ownership owner, Room room) {}

    /** Whether anything was written since this was asked last. */
    boolean takeWritten() {
        boolean result = written;
        written = false;
        return result;
    }

    /** The transaction was rolled back. */
    void rolledBack() throws SQLException {
        written = false;
        known.clear();
        schemaKeys.clear();
        journal.rolledBack();
        statements.forget();
    }

    /** Whether there may be journal entries to make rows of. */
    boolean hasJournal() {
        return journal.isWaiting();
    }

    /** Makes rows of the next journal entries, if there are any. No room becomes another for it. */
    boolean spread() throws SQLException {
        return journal.spread();
    }

    /** Has the transaction write something, if only its number. */
    void touch() {
        written = true;
    }

    /** Makes the holder of the token the owner, with the next epoch. A clock of 0 says that nothing is stored yet. */
    RoomTaken takeOver(String roomId, String token, long now) throws SQLException {
        written = true;
        known.remove(roomId);
        try (ResultSet row = statements
                .with("""
                        INSERT INTO room (id, epoch, owner_token, clock, history_starts_at, generation, created_at, changed_at)
                        VALUES (?, 1, ?, 0, 0, ?, ?, ?)
                        ON CONFLICT (id) DO UPDATE SET epoch = epoch + 1, owner_token = excluded.owner_token
                        RETURNING epoch, bytes""", StorageKey.of(roomId), token, generation, now, now)
                .executeQuery()) {
            return new RoomTaken(new Ownership(row.getLong(1), token), row.getLong(2));
        }
    }

    CommitResult commit(String roomId, Ownership owner, DocumentChange change, long now) throws SQLException {
        Optional<Room> owned = owned(roomId, owner);
        if (owned.isEmpty()) {
            return new CommitResult.Fenced();
        }
        Room room = owned.get();
        if (room.clock != change.previousClock()) {
            return room.clock == change.clock()
                    ? new CommitResult.Committed() // by an earlier attempt
                    : new CommitResult.Conflict(room.clock);
        }
        written = true;
        write(room.key, change);
        statements.update(
                """
                UPDATE room SET clock = ?, history_starts_at = ?, schema = ?, generation = ?, changed_at = ?,
                  records = ?, bytes = ?
                WHERE key = ?""",
                change.clock(),
                change.historyStartsAtClock(),
                schemaKey(schemaText.of(change.schema())),
                generation,
                now,
                (long) change.size().records(),
                change.size().bytes(),
                room.key);
        known.put(roomId, new Known(owner, new Room(room.key, change.clock(), generation)));
        return new CommitResult.Committed();
    }

    private void write(long room, DocumentChange change) throws SQLException {
        List<RowChange> changes = RowChange.of(change);
        if (changes.size() > large || journal.has(room)) {
            journal.add(room, changes);
        } else {
            rows.write(room, changes);
        }
    }

    /** Leaves no owner; of a room that nobody has committed to, nothing. */
    void release(String roomId, Ownership owner) throws SQLException {
        Optional<Room> owned = owned(roomId, owner);
        if (owned.isPresent()) {
            written = true;
            known.remove(roomId);
            long key = owned.get().key;
            statements.update("DELETE FROM room WHERE key = ? AND clock = 0", key);
            statements.update("UPDATE room SET owner_token = NULL WHERE key = ?", key);
        }
    }

    /** The clock that it had is remembered: a room of this name that is made again begins beyond it. */
    boolean delete(String roomId) throws SQLException {
        Optional<Room> room = room("SELECT key, clock, generation FROM room WHERE id = ?", StorageKey.of(roomId));
        if (room.isEmpty()) {
            return false;
        }
        written = true;
        known.remove(roomId);
        statements.update("UPDATE store SET clock_floor = max(clock_floor, ?)", mayHaveReached(room.get()));
        journal.delete(room.get().key);
        rows.delete(room.get().key);
        statements.update("DELETE FROM room WHERE key = ?", room.get().key);
        return room.get().clock > 0;
    }

    private long mayHaveReached(Room room) {
        return room.generation == generation ? room.clock : room.clock + OpenedRoom.MOST_LOST;
    }

    private Optional<Room> owned(String roomId, Ownership owner) throws SQLException {
        Known last = known.get(roomId);
        if (last != null && last.owner.equals(owner)) {
            return Optional.of(last.room);
        }
        return room(
                "SELECT key, clock, generation FROM room WHERE id = ? AND epoch = ? AND owner_token = ?",
                StorageKey.of(roomId),
                owner.epoch(),
                owner.token());
    }

    private Optional<Room> room(String sql, Object... parameters) throws SQLException {
        try (ResultSet row = statements.with(sql, parameters).executeQuery()) {
            return row.next()
                    ? Optional.of(new Room(row.getLong(1), row.getLong(2), row.getLong(3)))
                    : Optional.empty();
        }
    }

    private long schemaKey(String text) throws SQLException {
        Long key = schemaKeys.get(text);
        if (key == null) {
            statements.update("INSERT OR IGNORE INTO schema (json) VALUES (?)", text);
            key = schemaKeyOf(text).orElseThrow();
            schemaKeys.put(text, key);
        }
        return key;
    }

    private Optional<Long> schemaKeyOf(String text) throws SQLException {
        try (ResultSet row =
                statements.with("SELECT key FROM schema WHERE json = ?", text).executeQuery()) {
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }
}
