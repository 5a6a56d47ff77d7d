package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.history.sqlite.VersionRows.Remains;
import dev.drawbridge.sqlite.Fault;
import dev.drawbridge.sqlite.FreePages;
import dev.drawbridge.sqlite.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** The one writer of this process: one transaction after the other, each synced to the disk before it is answered. */
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    /** A megabyte: what waits meanwhile does not wait long. */
    private static final int PAGES_AT_ONCE = 256;

    /** So many stay for the versions that come next. */
    private static final int PAGES_TO_KEEP = 256;

    private final VersionsFile file;
    private final Lane lane = new Lane(1, "versions-writer-");

    /** Null before the first write, and after one that has failed. Used in the lane only. */
    private @Nullable Open open;

    private volatile boolean failed;

    /** A connection, and the statements that were prepared on it. */
    private record Open(Connection connection, VersionRows rows) {}

    @FunctionalInterface
    interface Write<T> {
        T run(VersionRows rows) throws SQLException;
    }

    /** A write that may have to leave something behind. */
    @FunctionalInterface
    interface Removal<T> {
        T run(VersionRows rows, Remains remains) throws SQLException;
    }

    Writer(VersionsFile file) {
        this.file = file;
        lane.later(this::giveBack);
    }

    <T> T write(Write<T> write) {
        return lane.call(() -> transaction(write));
    }

    /** Removes all of something; where the file is damaged, as much as whoever asks will see. */
    <T> T remove(Removal<T> removal) {
        T removed = lane.call(() -> {
            try {
                return transaction(rows -> removal.run(rows, Remains.REMOVED));
            } catch (VersionStoreException e) {
                if (e.getCause() instanceof SQLException error && Fault.code(error) == SQLiteErrorCode.SQLITE_CORRUPT) {
                    log.warn("Something is removed, and its space is lost: {}", e.getMessage());
                    return transaction(rows -> removal.run(rows, Remains.LEFT));
                }
                throw e;
            }
        });
        lane.later(this::giveBack);
        return removed;
    }

    /** Writes something that changes nothing. */
    void probe() {
        lane.call(() -> transaction(VersionRows::touch));
    }

    /** Whether nothing has been written since a write has failed. */
    boolean hasFailed() {
        return failed;
    }

    private <T> T transaction(Write<T> write) {
        try {
            Open opened = opened();
            execute(opened.connection, "BEGIN IMMEDIATE");
            T value = write.run(opened.rows);
            execute(opened.connection, "COMMIT");
            failed = false;
            return value;
        } catch (SQLException e) {
            failed = true;
            letGo(e);
            throw file.failure(e);
        } catch (RuntimeException | Error e) {
            letGo(e);
            throw e;
        }
    }

    /** Gives a piece of what is free back to the disk, and the rest behind whatever waits to be written meanwhile. */
    private void giveBack() {
        try {
            Connection connection = opened().connection;
            long free = FreePages.count(connection);
            if (free > PAGES_TO_KEEP) {
                long left = FreePages.giveBack(connection, (int) Math.min(PAGES_AT_ONCE, free - PAGES_TO_KEEP));
                if (left > PAGES_TO_KEEP && left < free) {
                    lane.later(this::giveBack);
                } else {
                    execute(connection, "PRAGMA wal_checkpoint(PASSIVE)"); // only then does the file become shorter
                }
            }
        } catch (SQLException e) {
            log.debug("Free pages of {} could not be given back", file.path(), e);
            letGo(e);
        }
    }

    private Open opened() throws SQLException {
        Open present = open;
        if (present == null) {
            Connection connection = file.connectToWrite();
            present = new Open(connection, new VersionRows(new Statements(connection)));
            open = present;
        }
        return present;
    }

    /** Undoes what was not committed. The next write gets a new connection: of this one nobody knows in which state it is. */
    private void letGo(Throwable cause) {
        Open old = open;
        open = null;
        if (old != null) {
            try {
                old.connection.close();
            } catch (SQLException e) {
                cause.addSuppressed(e);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** For tests that set the database to a limit, in the lane. */
    <T> T onConnection(OnConnection<T> work) {
        return lane.call(() -> work.run(opened().connection));
    }

    /** Something that a test does. */
    @FunctionalInterface
    interface OnConnection<T> {
        T run(Connection connection) throws SQLException;
    }

    @Override
    public void close() {
        lane.later(() -> letGo(new IllegalStateException("closed")));
        lane.close();
    }
}
