package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import dev.drawbridge.sqlite.Lane;
import dev.drawbridge.sqlite.Layout;
import dev.drawbridge.sqlite.WriteConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events in one SQLite file, for the one node that uses it: WAL, one transaction after the other. What a call has written
 * survives the end of this process, however that comes. A power cut may take what was written last; then it is found that
 * something was not told, and it is told again, under another id.
 */
public final class SqliteEventStore implements EventStore {
    private static final Logger log = LoggerFactory.getLogger(SqliteEventStore.class);

    private static final String ENDING = ".db";

    /** So much stays for what comes next: 8 MB. */
    private static final int PAGES_TO_KEEP = 2_048;

    private final EventsFile file;
    private final Kept kept;
    private final Lane<EventStoreException> lane = new Lane<>(
            1,
            "events-",
            EventStoreException.class,
            e -> new EventStoreException("Whoever has asked the store of events did not wait for the answer.", e));

    /** Used in the lane only. */
    private final WriteConnection connection;

    private SqliteEventStore(EventsFile file, Kept kept) {
        this.file = file;
        this.kept = kept;
        this.connection = new WriteConnection(file::connect);
    }

    /**
     * Opens the file, and makes it when there is none.
     *
     * @throws EventStoreException when the file cannot be used; the message says why and what to do
     */
    public static SqliteEventStore open(Path path, Kept kept) throws EventStoreException {
        return open(path, kept, EventsFile.LAYOUT);
    }

    /** For tests of other layouts. */
    static SqliteEventStore open(Path path, Kept kept, Layout layout) throws EventStoreException {
        return new SqliteEventStore(EventsFile.open(path, layout), kept);
    }

    /** Where the events of the rooms in a file are: {@code rooms.events.db} beside {@code rooms.db}. */
    public static Path beside(Path rooms) {
        String name = rooms.getFileName().toString();
        String stem = name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
        return rooms.resolveSibling(stem + ".events" + ENDING);
    }

    /** Something that is asked. */
    @FunctionalInterface
    private interface Ask<T> {
        T of(Tables tables) throws SQLException;
    }

    /** Something that is changed. */
    @FunctionalInterface
    private interface Change {
        void in(Tables tables) throws SQLException;
    }

    private <T> T read(Ask<T> ask) throws EventStoreException {
        return lane.call(() -> {
            try {
                return connection.read(statements -> ask.of(Tables.of(statements)));
            } catch (SQLException e) {
                throw file.failure(e);
            }
        });
    }

    private <T> T write(Ask<T> ask) throws EventStoreException {
        return lane.call(() -> {
            try {
                return connection.transaction(statements -> ask.of(Tables.of(statements)));
            } catch (SQLException e) {
                throw file.failure(e);
            }
        });
    }

    private void change(Change change) throws EventStoreException {
        write(tables -> {
            change.in(tables);
            return true;
        });
    }

    // ---- what has happened

    @Override
    public Appended append(List<RoomEvent> events, Collection<Queue> queues) throws EventStoreException {
        if (events.isEmpty()) {
            return new Appended(List.of(), Map.of(), Map.of());
        }
        Appended appended = write(tables -> new Appending(tables, kept).append(events, queues));
        lane.later(this::giveBack);
        return appended;
    }

    /** Gives a piece of what a queue has left behind back to the disk; the next one when more is written. */
    private void giveBack() {
        try {
            connection.giveBack(PAGES_TO_KEEP);
        } catch (SQLException e) {
            log.debug("Free pages of {} could not be given back", file.path(), e);
        }
    }

    @Override
    public Map<String, Story> stories(Collection<String> roomIds) throws EventStoreException {
        return read(tables -> tables.stories().stories(roomIds));
    }

    @Override
    public Map<String, Story> storiesAfter(Optional<String> roomId, int limit) throws EventStoreException {
        return read(tables -> tables.stories().after(roomId, limit));
    }

    @Override
    public Map<String, Story> open() throws EventStoreException {
        return read(tables -> tables.stories().open());
    }

    @Override
    public void know(Map<String, Long> clocks) throws EventStoreException {
        change(tables -> tables.stories().know(clocks));
    }

    @Override
    public boolean isSettled() throws EventStoreException {
        return read(tables -> tables.log().isSettled());
    }

    @Override
    public void settle() throws EventStoreException {
        change(tables -> tables.log().settle());
    }

    @Override
    public void began(String node) throws EventStoreException {
        change(tables -> tables.nodes().add(node));
    }

    @Override
    public void ended(String node) throws EventStoreException {
        change(tables -> tables.nodes().remove(node));
    }

    @Override
    public List<String> nodes() throws EventStoreException {
        return read(tables -> tables.nodes().all());
    }

    // ---- the log

    @Override
    public Page after(Optional<EventId> after, int limit) throws EventStoreException {
        return read(tables -> tables.log().after(after, limit));
    }

    @Override
    public EventId last() throws EventStoreException {
        return read(tables -> {
            LogRows.State state = tables.log().state();
            return state.id(state.last());
        });
    }

    // ---- queues

    @Override
    public List<Queued> queued(String queue, Optional<EventId> after, int limit) throws EventStoreException {
        return read(tables -> tables.queues().waiting(queue, after, limit));
    }

    @Override
    public void delivered(String queue, EventId id) throws EventStoreException {
        change(tables -> {
            Optional<Long> number = tables.log().state().number(id);
            if (number.isPresent()) {
                tables.queues().delivered(queue, number.get());
            }
        });
    }

    @Override
    public void postpone(String queue, EventId id, int attempts, Instant dueAt) throws EventStoreException {
        change(tables -> {
            Optional<Long> number = tables.log().state().number(id);
            if (number.isPresent()) {
                tables.queues().postpone(queue, number.get(), attempts, dueAt);
            }
        });
    }

    @Override
    public int bury(String queue, EventId id, String why, Instant now) throws EventStoreException {
        return write(tables -> {
            Optional<Long> number = tables.log().state().number(id);
            return number.isPresent() ? tables.queues().bury(queue, number.get(), why, now) : 0;
        });
    }

    @Override
    public List<DeadLetter> dead(String queue, Optional<EventId> after, int limit) throws EventStoreException {
        return read(tables -> tables.queues().dead(queue, after, limit));
    }

    @Override
    public List<EventId> resend(String queue, Optional<List<EventId>> ids, Queue bounds, Instant now)
            throws EventStoreException {
        return write(tables -> {
            LogRows.State state = tables.log().state();
            return tables.queues().resend(queue, numbers(ids, state), bounds, now).stream()
                    .map(state::id)
                    .toList();
        });
    }

    @Override
    public int discard(String queue, Optional<List<EventId>> ids) throws EventStoreException {
        return write(tables ->
                tables.queues().discard(queue, numbers(ids, tables.log().state())));
    }

    private static Optional<List<Long>> numbers(Optional<List<EventId>> ids, LogRows.State state) {
        return ids.map(
                some -> some.stream().flatMap(id -> state.number(id).stream()).toList());
    }

    @Override
    public Level level(String queue) throws EventStoreException {
        return read(tables -> tables.queues().level(queue));
    }

    @Override
    public List<String> queues() throws EventStoreException {
        return read(tables -> tables.queues().names());
    }

    // ---- who does what

    /** There is but one node. */
    @Override
    public boolean take(String task, String node, Duration patience) {
        return true;
    }

    @Override
    public void giveAway(String task, String node) {
        // nobody else wants it
    }

    /** Reads something; after a write that has failed, writes something too. */
    @Override
    public void ping() throws EventStoreException {
        read(tables -> tables.log().state());
        if (connection.hasFailed()) {
            change(tables -> tables.log().touch());
        }
    }

    /** For tests that set the database to a limit. */
    <T> T onConnection(WriteConnection.OnConnection<T> work) throws EventStoreException {
        return lane.call(() -> connection.on(work));
    }

    @Override
    public void close() {
        lane.later(() -> connection.close(new IllegalStateException("closed")));
        lane.close();
    }
}
