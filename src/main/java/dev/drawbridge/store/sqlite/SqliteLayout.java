package dev.drawbridge.store.sqlite;

import dev.drawbridge.sqlite.Layout;
import java.util.List;

/**
 * The tables of rooms.
 *
 * <p>Documents are in a table with row ids: their rows are large, and with them in the tree of the primary key commits of
 * many rooms took twice the time or more.
 */
final class SqliteLayout {
    /** Tells our files from those of other programs: "Drwb". */
    private static final int APPLICATION_ID = 0x44727762;

    static final Layout CURRENT = new Layout(
            APPLICATION_ID,
            List.of(
                    new Layout.Step("""
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
                    new Layout.Step(
                            "ALTER TABLE room ADD COLUMN records INTEGER NOT NULL DEFAULT 0",
                            "ALTER TABLE room ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0",
                            """
            UPDATE room SET (records, bytes) = (
              SELECT count(*), coalesce(sum(octet_length(state)), 0) FROM document WHERE room = room.key
            )"""),
                    new Layout.Step(
                            "ALTER TABLE store ADD COLUMN sequence INTEGER NOT NULL DEFAULT 0",
                            "ALTER TABLE store ADD COLUMN clock_floor INTEGER NOT NULL DEFAULT 0"),
                    new Layout.Step("""
            CREATE TABLE journal (
              key INTEGER PRIMARY KEY,
              room INTEGER NOT NULL,
              change BLOB NOT NULL
            )""", "CREATE INDEX journal_of_room ON journal (room)")));

    private SqliteLayout() {}
}
