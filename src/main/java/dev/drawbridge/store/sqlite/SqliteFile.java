package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** The database file: its connections, its table layout, and the lock that keeps a second server away from it. */
final class SqliteFile implements AutoCloseable {
    /** Grows with each change of the table layout; a file knows its own as {@code user_version}. */
    private static final int LAYOUT_VERSION = 1;

    private static final String[] LAYOUT = {"""
        CREATE TABLE room (
          key INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          epoch INTEGER NOT NULL,
          owner_token TEXT,
          clock INTEGER NOT NULL,
          history_starts_at INTEGER NOT NULL,
          schema TEXT,
          created_at INTEGER NOT NULL,
          changed_at INTEGER NOT NULL
        )""", """
        CREATE TABLE document (
          room INTEGER NOT NULL,
          id TEXT NOT NULL,
          state TEXT NOT NULL,
          clock INTEGER NOT NULL,
          PRIMARY KEY (room, id)
        ) WITHOUT ROWID""", """
        CREATE TABLE tombstone (
          room INTEGER NOT NULL,
          id TEXT NOT NULL,
          clock INTEGER NOT NULL,
          PRIMARY KEY (room, id)
        ) WITHOUT ROWID"""};

    private final Path path;
    private final FileChannel lockChannel;

    private SqliteFile(Path path, FileChannel lockChannel) {
        this.path = path;
        this.lockChannel = lockChannel;
    }

    static SqliteFile open(Path path) {
        FileChannel lockChannel = lock(path);
        SqliteFile file = new SqliteFile(path, lockChannel);
        try (Connection connection = file.connect()) {
            file.prepareLayout(connection);
            return file;
        } catch (SQLException e) {
            file.close();
            throw new StoreException("The room store " + path + " cannot be used: " + e.getMessage(), e);
        } catch (StoreException e) {
            file.close();
            throw e;
        }
    }

    /** Two servers on one file would each take the other's rooms away: the second one must not even start. */
    private static FileChannel lock(Path path) {
        Path lockFile = path.resolveSibling(path.getFileName() + ".lock");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StoreException("The room store " + path + " is in use by another process."
                        + " Stop that one, or choose another drawbridge.store.sqlite.path.");
            }
            return channel;
        } catch (IOException e) {
            throw new StoreException("The room store " + path + " cannot be opened for writing: " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(5_000);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    private void prepareLayout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version;
            try (ResultSet result = statement.executeQuery("PRAGMA user_version")) {
                version = result.getInt(1);
            }
            if (version > LAYOUT_VERSION) {
                throw new StoreException("The room store " + path + " was written by a newer version of Drawbridge"
                        + " (layout " + version + ", this one knows " + LAYOUT_VERSION + ").");
            }
            if (version == 0) {
                connection.setAutoCommit(false);
                for (String table : LAYOUT) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version = " + LAYOUT_VERSION);
                connection.commit();
            }
        }
    }

    @Override
    public void close() {
        try {
            lockChannel.close();
        } catch (IOException e) {
            throw new StoreException("The lock of " + path + " cannot be released", e);
        }
    }
}
