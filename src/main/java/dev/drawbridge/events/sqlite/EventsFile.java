package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.sqlite.Connections;
import dev.drawbridge.sqlite.Fault;
import dev.drawbridge.sqlite.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The database file, and its tables. An event is kept once, whatever it waits for. */
final class EventsFile {
    /** SQLite leaves its log as long as it ever was; beyond this it is cut when it begins anew. */
    private static final long LONGEST_LOG = 4L << 20;

    /** Tells files of events from those of rooms, and of other programs: "Drwe". */
    private static final int APPLICATION_ID = 0x44727765;

    static final Layout LAYOUT =
            new Layout(APPLICATION_ID, List.of(new Layout.Step("""
            CREATE TABLE log (
              name TEXT NOT NULL,
              last INTEGER NOT NULL,
              forgotten INTEGER NOT NULL,
              events INTEGER NOT NULL,
              bytes INTEGER NOT NULL,
              settled INTEGER NOT NULL
            )""", """
            INSERT INTO log SELECT lower(hex(randomblob(4))), 0, 0, 0, 0, 0""", """
            CREATE TABLE node (
              id TEXT PRIMARY KEY
            ) WITHOUT ROWID""", """
            CREATE TABLE story (
              room TEXT PRIMARY KEY,
              clock INTEGER NOT NULL,
              node TEXT NOT NULL
            ) WITHOUT ROWID""", """
            CREATE INDEX open_story ON story (room) WHERE node <> ''""", """
            CREATE TABLE event (
              number INTEGER PRIMARY KEY,
              time INTEGER NOT NULL,
              size INTEGER NOT NULL,
              json BLOB NOT NULL
            )""", """
            CREATE TABLE queue (
              key INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              waiting INTEGER NOT NULL,
              bytes INTEGER NOT NULL,
              dead INTEGER NOT NULL,
              dead_bytes INTEGER NOT NULL
            )""", """
            CREATE TABLE waiting (
              queue INTEGER NOT NULL,
              number INTEGER NOT NULL,
              attempts INTEGER NOT NULL,
              due INTEGER NOT NULL,
              PRIMARY KEY (queue, number)
            ) WITHOUT ROWID""", """
            CREATE TABLE dead (
              queue INTEGER NOT NULL,
              number INTEGER NOT NULL,
              attempts INTEGER NOT NULL,
              why TEXT NOT NULL,
              since INTEGER NOT NULL,
              PRIMARY KEY (queue, number)
            ) WITHOUT ROWID""")));

    /**
     * Of what was written last, a power cut may take some, and a backup has none of it. Its numbers are never given again:
     * somebody may have seen them, and would take other events for those. So numbers go on far away, by chance, whenever the
     * file is opened, and that is synced to the disk.
     */
    private static final String GO_ON_ELSEWHERE =
            "UPDATE log SET last = last + 1000000 * (1 + (random() & 0x7fffffff) % 100000) WHERE last > 0";

    private final Path path;

    private EventsFile(Path path) {
        this.path = path;
    }

    /** Opens the file, and makes it when there is none. */
    static EventsFile open(Path path, Layout layout) throws EventStoreException {
        EventsFile file = new EventsFile(path);
        try {
            Optional<String> objection =
                    layout.lay(path, file::connectToBegin, "Move it away: the file of events has to be of this name.");
            if (objection.isPresent()) {
                throw new EventStoreException("The file of events " + path + " " + objection.get(), null);
            }
            try (Connection connection = file.connectToBegin();
                    Statement statement = connection.createStatement()) {
                statement.execute(GO_ON_ELSEWHERE);
            }
            return file;
        } catch (SQLException e) {
            throw file.failure(e);
        } catch (IOException e) {
            throw new EventStoreException(
                    "Events cannot be kept in " + path + ". Check the permissions of its folder. (" + e + ")", e);
        }
    }

    Path path() {
        return path;
    }

    private Connection connectToBegin() throws SQLException {
        return Connections.toWrite(path);
    }

    /** {@code NORMAL}: a transaction is not synced by itself. What a power cut takes is found out and told again. */
    Connection connect() throws SQLException {
        Connection connection = Connections.toWrite(path);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = NORMAL");
            statement.execute("PRAGMA journal_size_limit = " + LONGEST_LOG);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    EventStoreException failure(SQLException error) {
        String moreWords =
                switch (Fault.code(error)) {
                    case SQLITE_CORRUPT, SQLITE_NOTADB ->
                        " Or stop the server and move the file away: a new one is begun, and what was still to be sent is lost.";
                    default -> "";
                };
        return new EventStoreException("The file of events " + path + " " + Fault.inWords(error) + moreWords, error);
    }
}
