package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.sqlite.Statements;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.NotAdmittedException;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordGatherer;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.SchemaText;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.StoredJson;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is read from the tables of {@link SqliteLayout}. */
final class SqliteRoomReader {
    private static final String SUMMARY = "SELECT id, clock, records, bytes, created_at, changed_at FROM room ";

    private final Statements statements;
    private final long generation;

    /** @param connection in a transaction, so that all is read as it is at one instant */
    SqliteRoomReader(Connection connection, long generation) {
        this.statements = new Statements(connection);
        this.generation = generation;
    }

    /** The room of its new owner. */
    OpenedRoom read(String roomId, Ownership owner) throws SQLException {
        try (ResultSet row = statements
                .with("""
                        SELECT room.key, room.clock, history_starts_at, schema.json, generation
                        FROM room LEFT JOIN schema ON schema.key = room.schema
                        WHERE id = ? AND epoch = ? AND owner_token = ?""", StorageKey.of(roomId), owner.epoch(), owner.token())
                .executeQuery()) {
            if (!row.next()) {
                throw new StoreException("it was opened by somebody else, or deleted, while it was being read");
            }
            if (row.getLong(2) == 0) {
                return new OpenedRoom(owner, Optional.empty(), false, clockFloor());
            }
            SerializedSchema schema = SchemaText.read(row.getString(4));
            long key = row.getLong(1);
            JournalOverlay journal = JournalOverlay.of(statements, key);
            RoomSnapshot snapshot = new RoomSnapshot(
                    documents(key, journal), journal.over(tombstones(key)), row.getLong(2), row.getLong(3), schema);
            return new OpenedRoom(owner, Optional.of(snapshot), row.getLong(5) != generation);
        }
    }

    /** The room as it is stored, whoever owns it; empty when nothing is. */
    Optional<RoomSnapshot> read(String roomId, Admission admission) throws SQLException {
        try (ResultSet row = statements.with("""
                        SELECT room.key, room.clock, history_starts_at, schema.json, records, bytes
                        FROM room LEFT JOIN schema ON schema.key = room.schema
                        WHERE id = ? AND clock > 0""", StorageKey.of(roomId)).executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            DocumentSize size = new DocumentSize(row.getInt(5), row.getLong(6));
            if (!admission.admits(size)) {
                throw new NotAdmittedException(roomId, size);
            }
            SerializedSchema schema = SchemaText.read(row.getString(4));
            long key = row.getLong(1);
            JournalOverlay journal = JournalOverlay.of(statements, key);
            return Optional.of(new RoomSnapshot(
                    documents(key, journal), journal.over(tombstones(key)), row.getLong(2), row.getLong(3), schema));
        }
    }

    /** One record, found by its key. */
    Optional<RoomExcerpt> readRecord(String roomId, String recordId) throws SQLException {
        try (ResultSet row = statements
                .with("""
                        SELECT room.clock, schema.json, document.state, document.clock, room.key
                        FROM room LEFT JOIN schema ON schema.key = room.schema
                          LEFT JOIN document ON document.room = room.key AND document.id = ?
                        WHERE room.id = ? AND room.clock > 0""", StorageKey.of(recordId), StorageKey.of(roomId))
                .executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            JournalOverlay journal = JournalOverlay.of(statements, row.getLong(5));
            byte[] json = row.getBytes(3);
            List<StoredRecord> record = journal.replaces(recordId)
                    ? journal.record(recordId).stream().toList()
                    : json == null ? List.of() : List.of(record(recordId, json, row.getLong(4)));
            return Optional.of(new RoomExcerpt(record, false, row.getLong(1), SchemaText.read(row.getString(2))));
        }
    }

    /** What came of reading a page: it, or that there is too much to look at. */
    sealed interface Page {
        record Complete(Optional<RoomExcerpt> excerpt) implements Page {}

        record TooLong() implements Page {}
    }

    /**
     * Records in the order of their keys, read until the page is full.
     *
     * @param most how many bytes may be looked at
     */
    Page readRecords(String roomId, RecordRange range, long most) throws SQLException {
        try (ResultSet row = statements.with("""
                        SELECT room.key, room.clock, schema.json
                        FROM room LEFT JOIN schema ON schema.key = room.schema
                        WHERE id = ? AND clock > 0""", StorageKey.of(roomId)).executeQuery()) {
            if (!row.next()) {
                return new Page.Complete(Optional.empty());
            }
            RecordGatherer page = new RecordGatherer(range);
            return gather(row.getLong(1), range.after(), page, most)
                    ? new Page.Complete(Optional.of(page.excerpt(row.getLong(2), SchemaText.read(row.getString(3)))))
                    : new Page.TooLong();
        }
    }

    private boolean gather(long room, Optional<String> after, RecordGatherer page, long most) throws SQLException {
        PreparedStatement query = after.isEmpty()
                ? statements.with("SELECT id, state, clock FROM document WHERE room = ? ORDER BY id", room)
                : statements.with(
                        "SELECT id, state, clock FROM document WHERE room = ? AND id > ? ORDER BY id",
                        room,
                        StorageKey.of(after.get()));
        JournalOverlay journal = JournalOverlay.of(statements, room);
        journal.records().forEach(page::offer);
        long lookedAt = 0;
        try (ResultSet rows = query.executeQuery()) {
            // What the journal has comes in an order of its own: that the page is full says nothing of the rows then.
            while ((!page.hasMore() || !journal.isEmpty()) && rows.next()) {
                if (journal.replaces(StorageKey.toId(rows.getString(1)))) {
                    continue;
                }
                StoredRecord record = record(rows);
                lookedAt += record.json().length;
                if (lookedAt > most) {
                    return false;
                }
                page.offer(record);
            }
        }
        return true;
    }

    private long clockFloor() throws SQLException {
        try (ResultSet row = statements.with("SELECT clock_floor FROM store").executeQuery()) {
            return row.getLong(1);
        }
    }

    private List<StoredRecord> documents(long room, JournalOverlay journal) throws SQLException {
        List<StoredRecord> documents = new ArrayList<>(journal.records());
        try (ResultSet rows = statements
                .with("SELECT id, state, clock FROM document WHERE room = ?", room)
                .executeQuery()) {
            while (rows.next()) {
                if (!journal.replaces(StorageKey.toId(rows.getString(1)))) {
                    documents.add(record(rows));
                }
            }
        }
        return documents;
    }

    private static StoredRecord record(ResultSet row) throws SQLException {
        return record(StorageKey.toId(row.getString(1)), row.getBytes(2), row.getLong(3));
    }

    private static StoredRecord record(String id, byte[] json, long clock) {
        StoredJson.check(json, 0, json.length, "the record " + id);
        return new StoredRecord(id, json, clock);
    }

    private Map<String, Long> tombstones(long room) throws SQLException {
        Map<String, Long> tombstones = new LinkedHashMap<>();
        try (ResultSet rows = statements
                .with("SELECT id, clock FROM tombstone WHERE room = ? ORDER BY clock", room)
                .executeQuery()) {
            while (rows.next()) {
                tombstones.put(StorageKey.toId(rows.getString(1)), rows.getLong(2));
            }
        }
        return tombstones;
    }

    Optional<RoomSummary> find(String roomId) throws SQLException {
        try (ResultSet row = statements
                .with(SUMMARY + "WHERE clock > 0 AND id = ?", StorageKey.of(roomId))
                .executeQuery()) {
            return row.next() ? Optional.of(summary(row)) : Optional.empty();
        }
    }

    RoomPage list(String prefix, Optional<String> after, int limit) throws SQLException {
        String start = StorageKey.of(prefix);
        PreparedStatement query = after.isEmpty()
                ? statements.with(SUMMARY + "WHERE clock > 0 AND id >= ? ORDER BY id LIMIT ?", start, limit + 1L)
                : statements.with(
                        SUMMARY + "WHERE clock > 0 AND id >= ? AND id > ? ORDER BY id LIMIT ?",
                        start,
                        StorageKey.of(after.get()),
                        limit + 1L);
        List<RoomSummary> rooms = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            // those that start with the prefix are next to each other
            while (rows.next() && rows.getString(1).startsWith(start)) {
                rooms.add(summary(rows));
            }
        }
        return RoomPage.of(rooms, limit);
    }

    private static RoomSummary summary(ResultSet row) throws SQLException {
        return new RoomSummary(
                StorageKey.toId(row.getString(1)),
                row.getLong(2),
                new DocumentSize(row.getInt(3), row.getLong(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                Instant.ofEpochMilli(row.getLong(6)));
    }

    /** Ends when the file can be read. */
    void ping() throws SQLException {
        statements.with("SELECT count(*) FROM store").executeQuery().close();
    }
}
