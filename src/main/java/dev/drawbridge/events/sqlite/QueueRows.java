package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStore.Queued;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.sqlite.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What waits in queues, and their dead letters. How many these are is counted in the queue's row. */
final class QueueRows {
    private final Statements statements;
    private final LogRows log;

    QueueRows(Statements statements, LogRows log) {
        this.statements = statements;
        this.log = log;
    }

    /** A queue's row, and what becomes of its counts in one transaction. */
    private static final class Counted {
        private final long key;
        private long waiting;
        private long bytes;
        private long dead;
        private long deadBytes;

        private Counted(ResultSet row) throws SQLException {
            key = row.getLong(1);
            waiting = row.getLong(2);
            bytes = row.getLong(3);
            dead = row.getLong(4);
            deadBytes = row.getLong(5);
        }

        boolean hasRoomFor(long size, Queue bounds) {
            return waiting < bounds.mostEvents() && bytes + size <= bounds.mostBytes();
        }

        boolean hasTooManyDead() {
            return dead > EventStore.MOST_DEAD || deadBytes > EventStore.MOST_DEAD_BYTES;
        }
    }

    private record Sized(long number, long size) {}

    private Optional<Counted> counted(String queue) throws SQLException {
        try (ResultSet row = statements
                .with("SELECT key, waiting, bytes, dead, dead_bytes FROM queue WHERE name = ?", queue)
                .executeQuery()) {
            return row.next() ? Optional.of(new Counted(row)) : Optional.empty();
        }
    }

    private Counted made(String queue) throws SQLException {
        statements.update("INSERT OR IGNORE INTO queue VALUES (NULL, ?, 0, 0, 0, 0)", queue);
        return counted(queue).orElseThrow();
    }

    private void save(Counted queue) throws SQLException {
        statements.update(
                "UPDATE queue SET waiting = ?, bytes = ?, dead = ?, dead_bytes = ? WHERE key = ?",
                queue.waiting,
                queue.bytes,
                queue.dead,
                queue.deadBytes,
                queue.key);
    }

    // ---- in

    /** What became of events that a queue wants. */
    record Taken(int buried, int forgotten) {}

    /** Takes events in, those for which there is no room as dead letters. */
    Taken put(Queue queue, List<Appending.Written> events) throws SQLException {
        Counted counted = made(queue.name());
        int buried = 0;
        int forgotten = 0;
        for (Appending.Written event : events) {
            long time = event.event().time().toEpochMilli();
            if (counted.hasRoomFor(event.size(), queue)) {
                addWaiting(counted, new Sized(event.number(), event.size()), time);
            } else {
                buried++;
                forgotten += addDead(counted, new Sized(event.number(), event.size()), 0, EventStore.QUEUE_FULL, time);
            }
        }
        save(counted);
        return new Taken(buried, forgotten);
    }

    private void addWaiting(Counted queue, Sized event, long due) throws SQLException {
        statements.update("INSERT INTO waiting VALUES (?, ?, 0, ?)", queue.key, event.number, due);
        queue.waiting++;
        queue.bytes += event.size;
    }

    private int addDead(Counted queue, Sized event, long attempts, String why, long since) throws SQLException {
        statements.update("INSERT INTO dead VALUES (?, ?, ?, ?, ?)", queue.key, event.number, attempts, why, since);
        queue.dead++;
        queue.deadBytes += event.size;
        int forgotten = 0;
        while (queue.hasTooManyDead()) {
            Sized oldest = some("dead", queue, " ORDER BY number LIMIT 1").getFirst();
            removeDead(queue, oldest);
            log.release(oldest.number);
            forgotten++;
        }
        return forgotten;
    }

    // ---- out

    void delivered(String queue, long number) throws SQLException {
        Optional<Counted> counted = counted(queue);
        if (counted.isPresent()) {
            Optional<Sized> event = one("waiting", counted.get(), number);
            if (event.isPresent()) {
                removeWaiting(counted.get(), event.get());
                save(counted.get());
                log.release(number);
            }
        }
    }

    void postpone(String queue, long number, int attempts, Instant dueAt) throws SQLException {
        statements.update(
                "UPDATE waiting SET attempts = ?, due = ? WHERE queue = (SELECT key FROM queue WHERE name = ?) AND number = ?",
                (long) attempts,
                dueAt.toEpochMilli(),
                queue,
                number);
    }

    int bury(String queue, long number, String why, Instant now) throws SQLException {
        Optional<Counted> counted = counted(queue);
        if (counted.isEmpty()) {
            return 0;
        }
        Optional<Sized> event = one("waiting", counted.get(), number);
        if (event.isEmpty()) {
            return 0;
        }
        long attempts = attempts(counted.get(), number);
        removeWaiting(counted.get(), event.get());
        int forgotten = addDead(counted.get(), event.get(), attempts, why, now.toEpochMilli());
        save(counted.get());
        return forgotten;
    }

    private long attempts(Counted queue, long number) throws SQLException {
        try (ResultSet row = statements
                .with("SELECT attempts FROM waiting WHERE queue = ? AND number = ?", queue.key, number)
                .executeQuery()) {
            return row.getLong(1);
        }
    }

    List<Long> resend(String queue, Optional<List<Long>> numbers, Queue bounds, Instant now) throws SQLException {
        List<Long> waiting = new ArrayList<>();
        Optional<Counted> counted = counted(queue);
        if (counted.isPresent()) {
            for (Sized letter : chosen(counted.get(), numbers)) {
                if (counted.get().hasRoomFor(letter.size, bounds)) {
                    removeDead(counted.get(), letter);
                    addWaiting(counted.get(), letter, now.toEpochMilli());
                    waiting.add(letter.number);
                }
            }
            save(counted.get());
        }
        return waiting;
    }

    int discard(String queue, Optional<List<Long>> numbers) throws SQLException {
        Optional<Counted> counted = counted(queue);
        if (counted.isEmpty()) {
            return 0;
        }
        List<Sized> chosen = chosen(counted.get(), numbers);
        for (Sized letter : chosen) {
            removeDead(counted.get(), letter);
            log.release(letter.number);
        }
        save(counted.get());
        return chosen.size();
    }

    private List<Sized> chosen(Counted queue, Optional<List<Long>> numbers) throws SQLException {
        if (numbers.isEmpty()) {
            return some("dead", queue, " ORDER BY number");
        }
        List<Sized> chosen = new ArrayList<>();
        for (long number : new TreeSet<>(numbers.get())) {
            one("dead", queue, number).ifPresent(chosen::add);
        }
        return chosen;
    }

    private void removeWaiting(Counted queue, Sized event) throws SQLException {
        statements.update("DELETE FROM waiting WHERE queue = ? AND number = ?", queue.key, event.number);
        queue.waiting--;
        queue.bytes -= event.size;
    }

    private void removeDead(Counted queue, Sized event) throws SQLException {
        statements.update("DELETE FROM dead WHERE queue = ? AND number = ?", queue.key, event.number);
        queue.dead--;
        queue.deadBytes -= event.size;
    }

    private Optional<Sized> one(String table, Counted queue, long number) throws SQLException {
        return some(table, queue, " AND number = ?", number).stream().findAny();
    }

    private List<Sized> some(String table, Counted queue, String which, Object... parameters) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(queue.key));
        all.addAll(List.of(parameters));
        List<Sized> found = new ArrayList<>();
        try (ResultSet rows = statements
                .with(
                        "SELECT number, size FROM " + table + " CROSS JOIN event USING (number) WHERE queue = ?"
                                + which,
                        all.toArray())
                .executeQuery()) {
            while (rows.next()) {
                found.add(new Sized(rows.getLong(1), rows.getLong(2)));
            }
        }
        return found;
    }

    // ---- what is there

    /** Makes an entry of a row, whose number and event come first. */
    private interface Entry<T> {
        T of(FiledEvent event, ResultSet row) throws SQLException;
    }

    List<Queued> waiting(String queue, Optional<EventId> after, int limit) throws SQLException {
        return page(
                "SELECT number, json, attempts, due FROM waiting",
                queue,
                after,
                limit,
                (event, row) -> new Queued(event, row.getInt(3), Instant.ofEpochMilli(row.getLong(4))));
    }

    List<DeadLetter> dead(String queue, Optional<EventId> after, int limit) throws SQLException {
        return page(
                "SELECT number, json, attempts, why, since FROM dead",
                queue,
                after,
                limit,
                (event, row) ->
                        new DeadLetter(event, row.getInt(3), row.getString(4), Instant.ofEpochMilli(row.getLong(5))));
    }

    private <T> List<T> page(String select, String queue, Optional<EventId> after, int limit, Entry<T> entry)
            throws SQLException {
        LogRows.State state = log.state();
        PreparedStatement query = statements.with(
                select + " CROSS JOIN event USING (number) WHERE queue = (SELECT key FROM queue WHERE name = ?)"
                        + " AND number > ? ORDER BY number",
                queue,
                after.flatMap(state::number).orElse(0L));
        Gathered<T> page = new Gathered<>(limit);
        try (ResultSet rows = query.executeQuery()) {
            while (page.hasRoom() && rows.next()) {
                byte[] json = rows.getBytes(2);
                EventId id = state.id(rows.getLong(1));
                Optional<FiledEvent> event = EventFormat.read(json).map(read -> new FiledEvent(id, read));
                if (event.isPresent()) {
                    page.add(entry.of(event.get(), rows), json.length);
                }
            }
        }
        return page.items();
    }

    Level level(String queue) throws SQLException {
        Optional<Counted> counted = counted(queue);
        if (counted.isEmpty()) {
            return new Level(0, 0, Optional.empty(), 0);
        }
        try (ResultSet row = statements
                .with(
                        "SELECT time FROM event WHERE number = (SELECT min(number) FROM waiting WHERE queue = ?)",
                        counted.get().key)
                .executeQuery()) {
            Optional<Instant> oldest =
                    row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
            return new Level(counted.get().waiting, counted.get().bytes, oldest, counted.get().dead);
        }
    }

    List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statements
                .with("SELECT name FROM queue WHERE waiting > 0 OR dead > 0 ORDER BY name")
                .executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }
}
