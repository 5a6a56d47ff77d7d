package dev.drawbridge.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The pages of a file that hold nothing any more. */
public final class FreePages {
    private static final int INCREMENTAL = 2;

    private FreePages() {}

    /** Whether the file was made such that they can be given back piece by piece. */
    public static boolean canBeGivenBack(Connection connection) throws SQLException {
        return number(connection, "PRAGMA auto_vacuum") == INCREMENTAL;
    }

    public static long count(Connection connection) throws SQLException {
        return number(connection, "PRAGMA freelist_count");
    }

    /**
     * Gives some of them back to the disk, and says how many are left. The statement frees one page at each step. It has no
     * columns, so that the driver steps it once and no more, unless it is run as an update, which goes to its end.
     */
    public static long giveBack(Connection connection, int most) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(" + most + ")");
        }
        return count(connection);
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.getLong(1);
        }
    }
}
