package dev.drawbridge.store.sqlite;

import dev.drawbridge.sqlite.Connections;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code …-wal}. SQLite writes it from its beginning again and again and leaves it as long as it ever was; when
 * there is nothing else to do, it is emptied. Used by the writer's thread only.
 */
final class WriteAheadLog {
    static final Duration IDLE = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(WriteAheadLog.class);

    private final Path path;
    private boolean used = true;

    WriteAheadLog(Path path) {
        this.path = path;
    }

    void used() {
        used = true;
    }

    /**
     * Brings what is in it into the database and makes it empty; another time when somebody reads at the moment.
     *
     * @param connection in no transaction
     */
    void emptyWhenUsed(Connection connection) {
        if (used) {
            try {
                used = !empty(connection);
            } catch (SQLException e) {
                log.debug("The write-ahead log of {} could not be emptied", path, e);
            }
        }
    }

    /** A checkpoint begins no transaction, and must not be in one; nor does it wait for readers. */
    private static boolean empty(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            try (ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return result.getInt(1) == 0;
            } finally {
                statement.execute("PRAGMA busy_timeout = " + Connections.BUSY_TIMEOUT_MS);
            }
        } finally {
            connection.setAutoCommit(false);
        }
    }
}
