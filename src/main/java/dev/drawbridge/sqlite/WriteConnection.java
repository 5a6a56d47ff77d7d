package dev.drawbridge.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * The connection of the one who writes to a file, one transaction after the other. One thread uses it. It is opened when it is
 * needed; after a failure it is another one, for of the old one nobody knows in which state it is.
 */
public final class WriteConnection {
    /** A megabyte: what waits meanwhile does not wait long. */
    private static final int PAGES_AT_ONCE = 256;

    private final Opening opening;

    /** Null before it is needed, and after something that has failed. */
    private @Nullable Open open;

    private volatile boolean failed;

    /** A connection, and the statements that were prepared on it. */
    private record Open(Connection connection, Statements statements) {}

    /** Opens a connection. */
    @FunctionalInterface
    public interface Opening {
        Connection open() throws SQLException;
    }

    /** What is done with the connection. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Statements statements) throws SQLException;
    }

    /** What is done with the connection itself. */
    @FunctionalInterface
    public interface OnConnection<T> {
        T run(Connection connection) throws SQLException;
    }

    public WriteConnection(Opening opening) {
        this.opening = opening;
    }

    /** Whether nothing has been written since a write has failed. Any thread may ask. */
    public boolean hasFailed() {
        return failed;
    }

    /** Does something as a whole; when it fails nothing of it is done. */
    public <T> T transaction(Work<T> work) throws SQLException {
        try {
            Open opened = opened();
            execute(opened.connection, "BEGIN IMMEDIATE");
            T value = work.run(opened.statements);
            execute(opened.connection, "COMMIT");
            failed = false;
            return value;
        } catch (SQLException e) {
            failed = true;
            close(e);
            throw e;
        } catch (RuntimeException | Error e) {
            close(e);
            throw e;
        }
    }

    /** Reads something. */
    public <T> T read(Work<T> work) throws SQLException {
        try {
            return work.run(opened().statements);
        } catch (SQLException | RuntimeException | Error e) {
            close(e);
            throw e;
        }
    }

    /** Does something with the connection, in no transaction. */
    public <T> T on(OnConnection<T> work) throws SQLException {
        return work.run(opened().connection);
    }

    /**
     * Gives a piece of what is free back to the disk, and returns whether there is more to give back.
     *
     * @param keep so many pages stay for what comes next
     */
    public boolean giveBack(long keep) throws SQLException {
        try {
            Connection connection = opened().connection;
            long free = FreePages.count(connection);
            if (free <= keep) {
                return false;
            }
            long left = FreePages.giveBack(connection, (int) Math.min(PAGES_AT_ONCE, free - keep));
            if (left > keep && left < free) {
                return true;
            }
            execute(connection, "PRAGMA wal_checkpoint(PASSIVE)"); // only then does the file become shorter
            return false;
        } catch (SQLException e) {
            close(e);
            throw e;
        }
    }

    /** Undoes what was not committed. What is done next gets a new connection. */
    public void close(Throwable cause) {
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

    private Open opened() throws SQLException {
        Open present = open;
        if (present == null) {
            Connection connection = opening.open();
            present = new Open(connection, new Statements(connection));
            open = present;
        }
        return present;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
