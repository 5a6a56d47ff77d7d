package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the file was replaced by a backup of itself, in which rooms are older than what clients have seen. The
 * database and the lock file beside it carry the same mark, a new one at each start and each stop; where they differ, or
 * one is missing, a new generation begins, and every room that was last written in another one may have lost commits.
 * A false alarm (a crash between the two writes) costs each client one refill; a backup of database and lock file
 * together, put back together, goes unnoticed.
 */
final class RestoreWatch {
    private static final Logger log = LoggerFactory.getLogger(RestoreWatch.class);
    private static final int MARK_LENGTH = 36;

    private final Path path;
    private final FileChannel lockFile;

    RestoreWatch(Path path, FileChannel lockFile) {
        this.path = path;
        this.lockFile = lockFile;
    }

    /** Whether this file has been in use before. */
    boolean isMarked() {
        return !readMark().isEmpty();
    }

    /** The generation of the file, from now on. */
    long start(Connection connection) throws SQLException {
        long generation;
        String mark;
        try (PreparedStatement statement = connection.prepareStatement("SELECT generation, mark FROM store");
                ResultSet row = statement.executeQuery()) {
            generation = row.getLong(1);
            mark = row.getString(2);
        }
        if (!mark.isEmpty() && !mark.equals(readMark())) {
            log.warn(
                    "The room store {} is not as it was left: restored from a backup, or moved."
                            + " Clients will be given their rooms anew.",
                    path);
            generation++;
        }
        writeMark(connection, generation);
        return generation;
    }

    /** A backup that was taken up to now is not what is here from now on. */
    void stop(Connection connection, long generation) throws SQLException {
        writeMark(connection, generation);
    }

    private void writeMark(Connection connection, long generation) throws SQLException {
        String mark = UUID.randomUUID().toString();
        try (PreparedStatement statement = connection.prepareStatement("UPDATE store SET generation = ?, mark = ?")) {
            statement.setLong(1, generation);
            statement.setString(2, mark);
            statement.executeUpdate();
        }
        try {
            lockFile.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.UTF_8)), 0);
            lockFile.force(true);
        } catch (IOException e) {
            throw new StoreException("The lock file of the room store " + path + " cannot be written: " + e, e);
        }
    }

    private String readMark() {
        ByteBuffer mark = ByteBuffer.allocate(MARK_LENGTH);
        try {
            lockFile.read(mark, 0);
        } catch (IOException e) {
            throw new StoreException("The lock file of the room store " + path + " cannot be read: " + e, e);
        }
        return new String(mark.array(), 0, mark.position(), StandardCharsets.UTF_8);
    }
}
