package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * The tables. Each step leads from one version of the layout to the next; a file knows its own as {@code user_version},
 * and is brought forward when it is opened. A step that has been released never changes.
 *
 * <p>Documents are in a table with row ids: their rows are large, and with them in the tree of the primary key commits of
 * many rooms took twice the time or more.
 */
record SqliteLayout(List<Step> steps) {

    /** The statements of one step. */
    record Step(String... statements) {}

    /** Tells our files from those of other programs: "Drwb". */
    static final int APPLICATION_ID = 0x44727762;

    static final SqliteLayout CURRENT = new SqliteLayout(List.of(
            new Step("""
            CREATE TABLE store (
              only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
              generation INTEGER NOT NULL,
              mark TEXT NOT NULL
            )""", "INSERT INTO store VALUES (1, 1, '')", """
            CREATE TABLE schema (
              key INTEGER PRIMARY KEY,
              json TEXT NOT NULL UNIQUE
            )""", """
            CREATE TABLE room (
              key INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              epoch INTEGER NOT NULL,
              owner_token TEXT,
              clock INTEGER NOT NULL,
              history_starts_at INTEGER NOT NULL,
              schema INTEGER REFERENCES schema,
              generation INTEGER NOT NULL,
              created_at INTEGER NOT NULL,
              changed_at INTEGER NOT NULL
            )""", """
            CREATE TABLE document (
              room INTEGER NOT NULL,
              id TEXT NOT NULL,
              state TEXT NOT NULL,
              clock INTEGER NOT NULL,
              PRIMARY KEY (room, id)
            )""", """
            CREATE TABLE tombstone (
              room INTEGER NOT NULL,
              id TEXT NOT NULL,
              clock INTEGER NOT NULL,
              PRIMARY KEY (room, id)
            ) WITHOUT ROWID"""),
            new Step(
                    "ALTER TABLE room ADD COLUMN records INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE room ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0",
                    """
            UPDATE room SET (records, bytes) = (
              SELECT count(*), coalesce(sum(octet_length(state)), 0) FROM document WHERE room = room.key
            )"""),
            new Step(
                    "ALTER TABLE store ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0",
                    "ALTER TABLE store ADD COLUMN clock_floor INTEGER NOT NULL DEFAULT 0"),
            new Step("""
            CREATE TABLE journal (
              key INTEGER PRIMARY KEY,
              room INTEGER NOT NULL,
              change BLOB NOT NULL
            )""", "CREATE INDEX journal_of_room ON journal (room)")));

    /**
     * Makes a new file, in which space that deleted rooms leave can be given back piece by piece. That has to be said
     * before there is anything in it, even the mark of WAL.
     */
    void begin(Path path) throws SQLException {
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            prepare(connection);
        }
    }

    /** Refuses a file that is not ours, or too new for us; nothing of it is changed. */
    void check(Connection connection, Path path) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            int application = number(statement, "PRAGMA application_id");
            int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
            if (application != APPLICATION_ID && (version != 0 || application != 0 || tables != 0)) {
                throw new StoreException("The room store " + path + " is a database of another program."
                        + " Choose another drawbridge.store.sqlite.path.");
            }
            if (version > steps.size()) {
                throw new StoreException("The room store " + path + " was written by a newer version of Drawbridge"
                        + " (layout " + version + ", this one knows up to " + steps.size() + "). Run that one.");
            }
        }
    }

    /** Brings the file to the version of this layout, in one transaction. */
    void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            connection.setAutoCommit(false);
            for (Step step : steps.subList(version, steps.size())) {
                for (String sql : step.statements) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + steps.size());
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.getInt(1);
        }
    }
}
