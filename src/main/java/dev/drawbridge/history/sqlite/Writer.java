package dev.drawbridge.history.sqlite;

import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.history.sqlite.VersionRows.Remains;
import dev.drawbridge.sqlite.Fault;
import dev.drawbridge.sqlite.Lane;
import dev.drawbridge.sqlite.WriteConnection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;

/** The one writer of this process: one transaction after the other, each synced to the disk before it is answered. */
final class Writer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    /** So many stay for the versions that come next. */
    private static final int PAGES_TO_KEEP = 256;

    private final VersionsFile file;
    private final Lane<VersionStoreException> lane = VersionsFile.lane(1, "versions-writer-");

    /** Used in the lane only. */
    private final WriteConnection connection;

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
        this.connection = new WriteConnection(file::connectToWrite);
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
        return connection.hasFailed();
    }

    private <T> T transaction(Write<T> write) {
        try {
            return connection.transaction(statements -> write.run(new VersionRows(statements)));
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }

    /** Gives a piece of what is free back to the disk, and the rest behind whatever waits to be written meanwhile. */
    private void giveBack() {
        try {
            if (connection.giveBack(PAGES_TO_KEEP)) {
                lane.later(this::giveBack);
            }
        } catch (SQLException e) {
            log.debug("Free pages of {} could not be given back", file.path(), e);
        }
    }

    /** For tests that set the database to a limit, in the lane. */
    <T> T onConnection(WriteConnection.OnConnection<T> work) {
        return lane.call(() -> connection.on(work));
    }

    @Override
    public void close() {
        lane.later(() -> connection.close(new IllegalStateException("closed")));
        lane.close();
    }
}
