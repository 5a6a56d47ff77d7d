package dev.drawbridge.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/**
 * The tables of a file. Each step leads from one version of the layout to the next; a file knows its own as
 * {@code user_version}, and is brought forward when it is opened. A step that has been released never changes.
 *
 * @param applicationId tells files of this kind from others
 */
public record Layout(int applicationId, List<Step> steps) {

    /** The statements of one step. */
    public record Step(String... statements) {}

    public Layout {
        steps = List.copyOf(steps);
    }

    /**
     * Makes the file, with its folder, when there is none or it is empty, and brings one that is there to the version of this
     * layout. One that cannot be used is left as it is; then the answer is why.
     *
     * @param toWrite connects to it
     * @param otherwise what to do when it is not of this kind
     */
    public Optional<String> lay(Path path, WriteConnection.Opening toWrite, String otherwise)
            throws SQLException, IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        if (Files.exists(path) && Files.size(path) > 0) {
            try (Connection connection = Connections.toRead(path)) {
                Optional<String> objection = objection(connection, otherwise);
                if (objection.isPresent()) {
                    return objection;
                }
            }
        } else {
            begin(path);
        }
        try (Connection connection = toWrite.open()) {
            prepare(connection);
        }
        return Optional.empty();
    }

    /**
     * Makes a new file, in which space that is no longer used can be given back piece by piece. That has to be said before
     * there is anything in it, even the mark of WAL.
     */
    public void begin(Path path) throws SQLException {
        try (Connection connection = new SQLiteConfig().createConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA auto_vacuum = INCREMENTAL");
            prepare(connection);
        }
    }

    /**
     * Why a file cannot be used that is not of this kind, or too new for us, as the end of a sentence that names it; nothing
     * of it is changed.
     *
     * @param otherwise what to do when it is not of this kind
     */
    public Optional<String> objection(Connection connection, String otherwise) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            int application = number(statement, "PRAGMA application_id");
            int tables = number(statement, "SELECT count(*) FROM sqlite_schema");
            if (application != applicationId && (version != 0 || application != 0 || tables != 0)) {
                return Optional.of("is a database of another program. " + otherwise);
            }
            if (version > steps.size()) {
                return Optional.of("was written by a newer version of Drawbridge (layout " + version
                        + ", this one knows up to " + steps.size() + "). Run that one.");
            }
            return Optional.empty();
        }
    }

    /**
     * Brings the file to the version of this layout, in one transaction; when it fails, the connection has to be closed.
     *
     * @param connection in no transaction
     */
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE"); // two that open a new file at once are to make the tables once
            int version = number(statement, "PRAGMA user_version");
            for (Step step : steps.subList(version, steps.size())) {
                for (String sql : step.statements) {
                    statement.execute(sql);
                }
            }
            statement.execute("PRAGMA application_id = " + applicationId);
            statement.execute("PRAGMA user_version = " + steps.size());
            statement.execute("COMMIT");
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            return result.getInt(1);
        }
    }
}
