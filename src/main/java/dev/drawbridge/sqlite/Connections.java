package dev.drawbridge.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Connections to a file, whose log of what is written (WAL) lets some read while one writes. */
public final class Connections {
    /** For so long one waits for another process, or for another connection, that writes. */
    public static final int BUSY_TIMEOUT_MS = 2_000;

    private Connections() {}

    /** For the one who writes. {@code FULL}: with WAL, each transaction is synced to the disk before it counts. */
    public static Connection toWrite(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        return config.createConnection("jdbc:sqlite:" + path);
    }

    /** For one who reads: a transaction, in which all is as it is at one instant. */
    public static Connection toRead(Path path) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        Connection connection = config.createConnection("jdbc:sqlite:" + path);
        connection.setAutoCommit(false);
        return connection;
    }
}
