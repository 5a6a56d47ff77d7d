package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that the file was replaced by an earlier state of itself, in which rooms are older than what clients have seen.
 * The database counts its transactions, and the lock file beside it says how many there have been: a database that has
 * fewer, or that is another one, or beside which nothing is said, begins a new generation, and every room that was last
 * written in an earlier one may have lost commits.
 *
 * <p>No transaction is synced twice for it. Numbers are reserved a thousand at a time, with a sync; which of them was the
 * last one is written without, which a killed process survives. After a power cut all that were reserved count as used: a
 * false alarm, which costs each client one refill. Database and lock file that are put back together, from a time when
 * they belonged together, look as they did then: whoever does that deletes the lock file.
 */
final class RestoreWatch {
    private static final Logger log = LoggerFactory.getLogger(RestoreWatch.class);
    static final int RESERVED_AT_ONCE = 1_000;

    private final Path path;
    private final MarkFile lockFile;
    private final String boot;
    private Mark mark = new Mark("", 0, 0, "");
    /** Whether what is written beside the database is behind it, because it could not be written. */
    private boolean behind;

    private @Nullable PreparedStatement counting;

    private long counted;

    /** @param boot names this run of the operating system; empty when that is unknown */
    RestoreWatch(Path path, MarkFile lockFile, String boot) {
        this.path = path;
        this.lockFile = lockFile;
        this.boot = boot;
    }

    /** Whether this file has been in use before. */
    boolean isMarked() {
        return !read().isEmpty();
    }

    private record Found(long generation, String mark, long sequence) {}

    /** The generation of the file, from now on. */
    long start(Connection connection) throws SQLException {
        Found found = find(connection);
        Optional<String> doubt = doubt(found, Mark.read(read()));
        doubt.ifPresent(why -> log.warn(
                "The room store {} was restored or moved: {}. Each client will be given its rooms anew, once.",
                path,
                why));
        long generation = doubt.isPresent() ? found.generation + 1 : found.generation;
        String id = UUID.randomUUID().toString();
        try (PreparedStatement statement = connection.prepareStatement("UPDATE store SET generation = ?, mark = ?")) {
            statement.setLong(1, generation);
            statement.setString(2, id);
            statement.executeUpdate();
        }
        mark(new Mark(id, found.sequence, found.sequence + RESERVED_AT_ONCE, boot), true);
        return generation;
    }

    private static Found find(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT generation, mark, sequence FROM store")) {
            return new Found(row.getLong(1), row.getString(2), row.getLong(3));
        }
    }

    private Optional<String> doubt(Found found, Optional<Mark> beside) {
        if (found.mark.isEmpty()) {
            return Optional.empty(); // a new file
        }
        if (beside.isEmpty()) {
            return Optional.of("nothing in its .lock file says how far it had come");
        }
        if (!beside.get().id().equals(found.mark)) {
            return Optional.of("its .lock file belongs to another state of it");
        }
        long reached = beside.get().mayHaveReached(boot);
        return found.sequence < reached
                ? Optional.of(
                        "it holds " + found.sequence + " transactions, and there may have been " + reached + " of them")
                : Optional.empty();
    }

    /**
     * Counts the transaction that the connection is in, before it is committed.
     *
     * @throws StoreException when its number cannot be reserved; it must not be committed then
     */
    void count(Connection connection) throws SQLException {
        try (ResultSet row = counting(connection).executeQuery()) {
            counted = row.getLong(1);
        }
        if (counted > mark.reserved()) {
            mark(mark.reserved(counted + RESERVED_AT_ONCE - 1), true);
        } else if (behind) {
            mark(mark, false);
        }
        behind = false;
    }

    private PreparedStatement counting(Connection connection) throws SQLException {
        PreparedStatement prepared = counting;
        if (prepared == null || prepared.isClosed() || prepared.getConnection() != connection) {
            prepared = connection.prepareStatement("UPDATE store SET sequence = sequence + 1 RETURNING sequence");
            counting = prepared;
        }
        return prepared;
    }

    /** The transaction that was counted is committed. */
    void committed() {
        mark = mark.stored(counted);
        try {
            mark(mark, false);
        } catch (StoreException e) {
            log.warn("{} It is tried again before the next commit.", e.getMessage());
            behind = true;
        }
    }

    /** A copy that was taken up to now and has less is not what is here from now on. */
    void stop(Connection connection) throws SQLException {
        long sequence = find(connection).sequence;
        mark(new Mark(mark.id(), sequence, sequence, boot), true);
    }

    private void mark(Mark next, boolean synced) {
        try {
            lockFile.write(next.text(), synced);
            mark = next;
        } catch (IOException e) {
            throw new StoreException("The lock file of the room store " + path + " cannot be written: " + e + ".", e);
        }
    }

    private String read() {
        try {
            return lockFile.read();
        } catch (IOException e) {
            throw new StoreException("The lock file of the room store " + path + " cannot be read: " + e, e);
        }
    }
}
