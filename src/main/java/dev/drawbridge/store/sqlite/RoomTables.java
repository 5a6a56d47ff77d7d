package dev.drawbridge.store.sqlite;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements on the tables of {@link SqliteFile}, within whatever transaction the connection is in. */
final class RoomTables {
    private final Connection connection;

    RoomTables(Connection connection) {
        this.connection = connection;
    }

    private record RoomRow(long key, long epoch, String token, long clock, long historyStartsAt, String schema) {}

    /** Makes the holder of the token the owner, with the next epoch. A clock of 0 says that nothing is stored yet. */
    Ownership takeOver(String roomId, String token, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO room (id, epoch, owner_token, clock, history_starts_at, created_at, changed_at)
                VALUES (?, 1, ?, 0, 0, ?, ?)
                ON CONFLICT (id) DO UPDATE SET epoch = epoch + 1, owner_token = excluded.owner_token
                RETURNING epoch""")) {
            statement.setString(1, roomId);
            statement.setString(2, token);
            statement.setLong(3, now);
            statement.setLong(4, now);
            try (ResultSet row = statement.executeQuery()) {
                return new Ownership(row.getLong(1), token);
            }
        }
    }

    CommitResult commit(String roomId, Ownership owner, DocumentChange change, long now) throws SQLException {
        Optional<RoomRow> found = room(roomId);
        if (found.isEmpty()
                || found.get().epoch != owner.epoch()
                || !found.get().token.equals(owner.token())) {
            return new CommitResult.Fenced();
        }
        RoomRow room = found.get();
        if (room.clock != change.previousClock()) {
            return room.clock == change.clock()
                    ? new CommitResult.Committed() // by an earlier attempt
                    : new CommitResult.Conflict(room.clock);
        }
        updateRoom(room, change, now);
        putDocuments(room.key, change.puts());
        deleteAll(
                "DELETE FROM document WHERE room = ? AND id = ?",
                room.key,
                change.tombstones().keySet());
        deleteAll("DELETE FROM tombstone WHERE room = ? AND id = ?", room.key, change.prunedTombstones());
        putTombstones(room.key, change.tombstones());
        return new CommitResult.Committed();
    }

    /** Whether it was the owner's to release. */
    boolean release(String roomId, Ownership owner) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE room SET owner_token = NULL WHERE id = ? AND epoch = ? AND owner_token = ?")) {
            statement.setString(1, roomId);
            statement.setLong(2, owner.epoch());
            statement.setString(3, owner.token());
            return statement.executeUpdate() > 0;
        }
    }

    boolean delete(String roomId) throws SQLException {
        Optional<RoomRow> room = room(roomId);
        if (room.isEmpty()) {
            return false;
        }
        for (String table : List.of("document", "tombstone")) {
            try (PreparedStatement statement =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE room = ?")) {
                statement.setLong(1, room.get().key);
                statement.executeUpdate();
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM room WHERE key = ?")) {
            statement.setLong(1, room.get().key);
            statement.executeUpdate();
        }
        return room.get().clock > 0;
    }

    Optional<RoomSnapshot> read(String roomId) throws SQLException {
        Optional<RoomRow> found = room(roomId);
        if (found.isEmpty() || found.get().clock == 0) {
            return Optional.empty();
        }
        RoomRow room = found.get();
        return Optional.of(new RoomSnapshot(
                documents(room.key), tombstones(room.key), room.clock, room.historyStartsAt, schema(room)));
    }

    RoomPage list(String prefix, Optional<String> after, int limit) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT id FROM room
                WHERE clock > 0 AND id > ? AND substr(id, 1, ?) = ?
                ORDER BY id LIMIT ?""")) {
            statement.setString(1, after.orElse(""));
            statement.setInt(2, prefix.length());
            statement.setString(3, prefix);
            statement.setInt(4, limit + 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
        }
        return ids.size() <= limit
                ? new RoomPage(ids, Optional.empty())
                : new RoomPage(ids.subList(0, limit), Optional.of(ids.get(limit - 1)));
    }

    private Optional<RoomRow> room(String roomId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT key, epoch, coalesce(owner_token, ''), clock, history_starts_at, coalesce(schema, '')
                FROM room WHERE id = ?""")) {
            statement.setString(1, roomId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new RoomRow(
                                row.getLong(1),
                                row.getLong(2),
                                row.getString(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getString(6)))
                        : Optional.empty();
            }
        }
    }

    private static SerializedSchema schema(RoomRow room) {
        try {
            return SerializedSchema.read(Json.parse(room.schema))
                    .orElseThrow(() -> new StoreException("damaged schema of a stored room: " + room.schema));
        } catch (JsonException e) {
            throw new StoreException("damaged schema of a stored room: " + room.schema, e);
        }
    }

    private List<StoredRecord> documents(long room) throws SQLException {
        List<StoredRecord> documents = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id, state, clock FROM document WHERE room = ?")) {
            statement.setLong(1, room);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    documents.add(
                            new StoredRecord(RecordKey.toId(rows.getString(1)), rows.getBytes(2), rows.getLong(3)));
                }
            }
        }
        return documents;
    }

    private Map<String, Long> tombstones(long room) throws SQLException {
        Map<String, Long> tombstones = new LinkedHashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT id, clock FROM tombstone WHERE room = ? ORDER BY clock")) {
            statement.setLong(1, room);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tombstones.put(RecordKey.toId(rows.getString(1)), rows.getLong(2));
                }
            }
        }
        return tombstones;
    }

    private void updateRoom(RoomRow room, DocumentChange change, long now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE room SET clock = ?, history_starts_at = ?, schema = ?, changed_at = ? WHERE key = ?""")) {
            statement.setLong(1, change.clock());
            statement.setLong(2, change.historyStartsAtClock());
            statement.setString(3, Json.write(change.schema().json()));
            statement.setLong(4, now);
            statement.setLong(5, room.key);
            statement.executeUpdate();
        }
    }

    private void putDocuments(long room, List<StoredRecord> puts) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT OR REPLACE INTO document (room, id, state, clock) VALUES (?, ?, ?, ?)")) {
            for (StoredRecord put : puts) {
                statement.setLong(1, room);
                statement.setString(2, RecordKey.of(put.id()));
                statement.setString(3, new String(put.json(), StandardCharsets.UTF_8));
                statement.setLong(4, put.lastChangedClock());
                statement.executeUpdate();
            }
        }
    }

    private void putTombstones(long room, Map<String, Long> tombstones) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT OR REPLACE INTO tombstone (room, id, clock) VALUES (?, ?, ?)")) {
            for (Map.Entry<String, Long> tombstone : tombstones.entrySet()) {
                statement.setLong(1, room);
                statement.setString(2, RecordKey.of(tombstone.getKey()));
                statement.setLong(3, tombstone.getValue());
                statement.executeUpdate();
            }
        }
    }

    private void deleteAll(String sql, long room, Iterable<String> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (String id : ids) {
                statement.setLong(1, room);
                statement.setString(2, RecordKey.of(id));
                statement.executeUpdate();
            }
        }
    }
}
