package dev.drawbridge.store.sqlite;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.MalformedSnapshotException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/**
 * Reads the database that the reference keeps a room in ({@code SQLiteSyncStorage}): {@code documents}, {@code objects} where
 * there are some, {@code tombstones}, and one row of {@code metadata}; their names may begin with something. All of it is of
 * one instant, also while the reference has the file open, and nothing of it is changed.
 */
public final class ReferenceDatabase {
    /** Of the layout; a newer one may mean what we do not know of. */
    private static final int NEWEST_LAYOUT = 3;

    /** What a record takes beside its bytes. */
    private static final int A_RECORD = 200;

    private static final int BUSY_TIMEOUT_MS = 2_000;

    private final Connection database;
    private final JsonStream.Meter meter;
    private final String prefix;

    private ReferenceDatabase(Connection database, JsonStream.Meter meter)
            throws SQLException, MalformedSnapshotException {
        this.database = database;
        this.meter = meter;
        this.prefix = prefix();
    }

    /**
     * Reads the room.
     *
     * @param file a regular file: whoever calls makes sure of that
     * @param meter is told what is held in memory
     * @throws MalformedSnapshotException when it is not such a database, or damaged; the message says where
     */
    public static RoomSnapshot read(Path file, JsonStream.Meter meter) throws MalformedSnapshotException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file.toAbsolutePath())) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA trusted_schema = OFF"); // what is written in the file is not run
                statement.execute("PRAGMA cell_size_check = ON");
            }
            connection.setAutoCommit(false);
            check(connection);
            return new ReferenceDatabase(connection, meter).room();
        } catch (SQLException e) {
            throw new MalformedSnapshotException(said(e));
        }
    }

    private static String said(SQLException error) {
        return switch (SQLiteErrorCode.getErrorCode(error.getErrorCode() & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                "the database is locked: stop the program that has it open, and try again";
            case SQLITE_CORRUPT, SQLITE_NOTADB ->
                "the database is damaged; .recover of sqlite3 may rescue what can be read";
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH, SQLITE_READONLY ->
                "the database cannot be opened: check the permissions of the file and its folder";
            default -> "the database cannot be read (" + Quoted.bare(String.valueOf(error.getMessage())) + ")";
        };
    }

    /** Rows that a damaged index or page hides would be missing without anybody being told. */
    private static void check(Connection connection) throws SQLException, MalformedSnapshotException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
            String found = answer.next() ? answer.getString(1) : "no answer";
            if (!"ok".equals(found)) {
                throw new MalformedSnapshotException("the database is damaged (" + Quoted.bare(String.valueOf(found))
                        + "); .recover of sqlite3 may rescue what can be read");
            }
        }
    }

    /** What the names of its tables begin with. */
    private String prefix() throws SQLException, MalformedSnapshotException {
        List<String> prefixes = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet names = statement.executeQuery("""
                        SELECT substr(m.name, 1, length(m.name) - 8) FROM sqlite_schema m
                        JOIN sqlite_schema d ON d.type = 'table' AND d.name = substr(m.name, 1, length(m.name) - 8) || 'documents'
                        JOIN sqlite_schema t ON t.type = 'table' AND t.name = substr(m.name, 1, length(m.name) - 8) || 'tombstones'
                        WHERE m.type = 'table' AND m.name LIKE '%metadata' ORDER BY 1 LIMIT 2""")) {
            while (names.next()) {
                prefixes.add(names.getString(1));
            }
        }
        return switch (prefixes.size()) {
            case 0 ->
                throw new MalformedSnapshotException(
                        "this is a database, but not one of tldraw's: expected the tables documents, tombstones and metadata");
            case 1 -> prefixes.getFirst();
            default ->
                throw new MalformedSnapshotException("the database holds several rooms, with tables that begin with "
                        + Quoted.of(prefixes.getFirst()) + ", " + Quoted.of(prefixes.getLast()));
        };
    }

    private String table(String name) {
        return '"' + (prefix + name).replace("\"", "\"\"") + '"';
    }

    private boolean hasTable(String name) throws SQLException {
        try (PreparedStatement statement =
                database.prepareStatement("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
            statement.setString(1, prefix + name);
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    private RoomSnapshot room() throws SQLException, MalformedSnapshotException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT migrationVersion, documentClock, tombstoneHistoryStartsAtClock, schema FROM "
                                + table("metadata") + " LIMIT 2")) {
            if (!row.next()) {
                throw new MalformedSnapshotException("metadata: there is no row");
            }
            if (row.getLong(1) > NEWEST_LAYOUT) {
                throw new MalformedSnapshotException(
                        "metadata: a newer tldraw has written this database; import it with a newer server");
            }
            long documentClock = clock(row, 2, "metadata.documentClock");
            long historyStart = clock(row, 3, "metadata.tombstoneHistoryStartsAtClock");
            SerializedSchema schema = schema(row.getString(4));
            if (row.next()) {
                throw new MalformedSnapshotException("metadata: there is more than one row");
            }
            Map<String, StoredRecord> records = new LinkedHashMap<>();
            records("documents", records);
            if (hasTable("objects")) {
                records("objects", records);
            }
            return RoomSnapshot.found(
                    List.copyOf(records.values()), tombstones(), documentClock, OptionalLong.of(historyStart), schema);
        }
    }

    private static SerializedSchema schema(@Nullable String json) throws MalformedSnapshotException {
        if (json == null || json.isEmpty()) {
            throw new MalformedSnapshotException("metadata.schema: there is none: no room has been stored here yet");
        }
        try {
            return SerializedSchema.read(Json.parse(json))
                    .orElseThrow(() -> new MalformedSnapshotException("metadata.schema: expected an object"));
        } catch (JsonException e) {
            throw new MalformedSnapshotException("metadata.schema: " + e.getMessage());
        }
    }

    private void records(String table, Map<String, StoredRecord> into) throws SQLException, MalformedSnapshotException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT id, lastChangedClock, length(CAST(state AS BLOB)), state FROM " + table(table))) {
            while (rows.next()) {
                String id = rows.getString(1);
                String path = table + '[' + Quoted.of(id) + ']';
                long clock = clock(rows, 2, path + ".lastChangedClock");
                long length = rows.getLong(3);
                meter.hold(A_RECORD + 2 * length);
                StoredRecord record = new StoredRecord(String.valueOf(id), record(rows.getBytes(4), id, path), clock);
                meter.release(A_RECORD + 2 * length);
                meter.hold(A_RECORD + record.json().length);
                if (into.put(record.id(), record) != null) {
                    throw new MalformedSnapshotException(path + ": this record is there twice");
                }
            }
        }
    }

    private static byte[] record(byte @Nullable [] json, @Nullable String id, String path)
            throws MalformedSnapshotException {
        if (json == null) {
            throw new MalformedSnapshotException(path + ".state: there is none");
        }
        try {
            if (!(Json.parse(json) instanceof JsonObject record)) {
                throw new MalformedSnapshotException(path + ".state: expected an object");
            }
            if (id == null || !id.equals(record.string("id"))) {
                throw new MalformedSnapshotException(
                        path + ".state.id: expected the id of its row, got " + Quoted.of(record.get("id")));
            }
            return Json.encode(record);
        } catch (JsonException e) {
            throw new MalformedSnapshotException(path + ".state: " + e.getMessage());
        }
    }

    private Map<String, Long> tombstones() throws SQLException, MalformedSnapshotException {
        Map<String, Long> tombstones = new LinkedHashMap<>();
        try (Statement statement = database.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id, clock FROM " + table("tombstones") + " ORDER BY clock")) {
            while (rows.next()) {
                String id = String.valueOf(rows.getString(1));
                meter.hold(A_RECORD + 2L * id.length());
                tombstones.put(id, clock(rows, 2, "tombstones[" + Quoted.of(id) + "].clock"));
            }
        }
        return tombstones;
    }

    private static long clock(ResultSet row, int column, String path) throws SQLException, MalformedSnapshotException {
        if (row.getObject(column) instanceof Number number
                && number.doubleValue() == number.longValue()
                && number.longValue() >= 0
                && number.longValue() < 1L << 53) {
            return number.longValue();
        }
        throw new MalformedSnapshotException(
                path + ": expected a clock, a whole number from 0, got " + Quoted.of(row.getString(column)));
    }
}
