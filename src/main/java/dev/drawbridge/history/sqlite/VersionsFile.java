package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.sqlite.Connections;
import dev.drawbridge.sqlite.Fault;
import dev.drawbridge.sqlite.Lane;
import dev.drawbridge.sqlite.Layout;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * The database file, and its tables. Contents and infos are apart from the lists of them, which are short: a listing reads no
 * content, and a page of the file that is damaged takes a few versions with it and not the list.
 */
final class VersionsFile {
    /** A block of many megabytes may be written by another process just now. */
    private static final int BUSY_TIMEOUT_MS = 10_000;

    /** SQLite leaves its log as long as it ever was; beyond this it is cut when it begins anew. */
    private static final long LONGEST_LOG = 4L << 20;

    /** Tells files of versions from those of rooms, and of other programs: "Drwv". */
    private static final int APPLICATION_ID = 0x44727776;

    static final Layout LAYOUT = new Layout(APPLICATION_ID, List.of(new Layout.Step("""
            CREATE TABLE room (
              key INTEGER PRIMARY KEY,
              id TEXT NOT NULL UNIQUE,
              versions INTEGER NOT NULL,
              bytes INTEGER NOT NULL
            )""", """
            CREATE TABLE info (
              key INTEGER PRIMARY KEY,
              json TEXT NOT NULL
            )""", """
            CREATE TABLE version (
              room INTEGER NOT NULL,
              id TEXT NOT NULL,
              info INTEGER NOT NULL,
              PRIMARY KEY (room, id)
            ) WITHOUT ROWID""", """
            CREATE TABLE content (
              key INTEGER PRIMARY KEY,
              bytes BLOB NOT NULL
            )""", """
            CREATE TABLE block (
              room INTEGER NOT NULL,
              version TEXT NOT NULL,
              base TEXT NOT NULL,
              size INTEGER NOT NULL,
              content INTEGER NOT NULL,
              PRIMARY KEY (room, version, base)
            ) WITHOUT ROWID""")));

    private final Path path;

    private VersionsFile(Path path) {
        this.path = path;
    }

    /** Opens the file, and makes it when there is none. */
    static VersionsFile open(Path path, Layout layout) {
        VersionsFile file = new VersionsFile(path);
        try {
            file.prepare(layout);
            return file;
        } catch (SQLException e) {
            throw file.failure(e);
        } catch (IOException e) {
            throw new VersionStoreException(
                    "The versions of rooms cannot be kept in " + path + ". Check the permissions of its folder. (" + e
                            + ")",
                    e);
        }
    }

    private void prepare(Layout layout) throws SQLException, IOException {
        Optional<String> objection =
                layout.lay(path, this::connectToWrite, "Move it away: the file of versions has to be of this name.");
        if (objection.isPresent()) {
            throw new VersionStoreException("The file of versions " + path + " " + objection.get());
        }
    }

    /** Threads that work on such a file. */
    static Lane<VersionStoreException> lane(int threads, String name) {
        return new Lane<>(
                threads,
                name,
                VersionStoreException.class,
                e -> new VersionStoreException(
                        "Whoever has asked the store of versions did not wait for the answer.", e));
    }

    Path path() {
        return path;
    }

    Connection connectToWrite() throws SQLException {
        Connection connection = Connections.toWrite(path);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MS);
            statement.execute("PRAGMA journal_size_limit = " + LONGEST_LOG);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }

    Connection connectToRead() throws SQLException {
        return Connections.toRead(path);
    }

    VersionStoreException failure(SQLException error) {
        return new VersionStoreException("The file of versions " + path + " " + Fault.inWords(error), error);
    }
}
