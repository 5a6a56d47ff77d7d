package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore.Kept;
import dev.drawbridge.events.EventStore.Page;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.sqlite.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The log: the events behind the newest one that is forgotten. Those before that are there only as long as somebody is to be
 * sent them.
 */
final class LogRows {
    /** As long as some queue has it, waiting or dead. */
    private static final String IS_NEEDED = """
            EXISTS (SELECT 1 FROM queue CROSS JOIN waiting ON waiting.queue = queue.key AND waiting.number = event.number)
            OR EXISTS (SELECT 1 FROM queue CROSS JOIN dead ON dead.queue = queue.key AND dead.number = event.number)""";

    private final Statements statements;

    LogRows(Statements statements) {
        this.statements = statements;
    }

    /**
     * Where the log stands.
     *
     * @param last the number of the newest event
     * @param forgotten that of the newest one that is not kept any more
     * @param events how many are kept
     * @param bytes what these take
     */
    record State(String name, long last, long forgotten, long events, long bytes) {

        State plus(int size) {
            return new State(name, last + 1, forgotten, events + 1, bytes + size);
        }

        State without(long number, long size) {
            return new State(name, last, number, events - 1, bytes - size);
        }

        boolean isTooMuch(Kept kept) {
            return events > 1 && (events > kept.events() || bytes > kept.bytes());
        }

        EventId id(long number) {
            return new EventId(name, number);
        }

        /** The number of an id, if it is one of this log. */
        Optional<Long> number(EventId id) {
            return id.log().equals(name) ? Optional.of(id.number()) : Optional.empty();
        }
    }

    State state() throws SQLException {
        try (ResultSet row = statements
                .with("SELECT name, last, forgotten, events, bytes FROM log")
                .executeQuery()) {
            return new State(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5));
        }
    }

    void update(State state) throws SQLException {
        statements.update(
                "UPDATE log SET last = ?, forgotten = ?, events = ?, bytes = ?",
                state.last(),
                state.forgotten(),
                state.events(),
                state.bytes());
    }

    void add(long number, RoomEvent event, byte[] json) throws SQLException {
        statements.update(
                "INSERT INTO event VALUES (?, ?, ?, ?)", number, event.time().toEpochMilli(), (long) json.length, json);
    }

    /** Forgets the oldest events until what is left is within its bounds. */
    State prune(State state, Kept kept) throws SQLException {
        if (!state.isTooMuch(kept)) {
            return state;
        }
        State left = state;
        List<Long> gone = new ArrayList<>();
        try (ResultSet rows = statements
                .with("SELECT number, size FROM event WHERE number > ? ORDER BY number", state.forgotten())
                .executeQuery()) {
            while (left.isTooMuch(kept) && rows.next()) {
                gone.add(rows.getLong(1));
                left = left.without(rows.getLong(1), rows.getLong(2));
            }
        }
        for (long number : gone) {
            statements.update("DELETE FROM event WHERE number = ? AND NOT (" + IS_NEEDED + ")", number);
        }
        return left;
    }

    /** An event that has left a queue goes, unless it is in the log or in another queue. */
    void release(long number) throws SQLException {
        statements.update(
                "DELETE FROM event WHERE number = ? AND number <= (SELECT forgotten FROM log) AND NOT (" + IS_NEEDED
                        + ")",
                number);
    }

    Page after(Optional<EventId> after, int limit) throws SQLException {
        State state = state();
        Optional<Long> wanted = after.flatMap(state::number).filter(number -> number <= state.last());
        long from = Math.max(wanted.orElse(0L), state.forgotten());
        Gathered<FiledEvent> page = new Gathered<>(limit);
        long last = from;
        try (ResultSet rows = statements
                .with("SELECT number, json FROM event WHERE number > ? ORDER BY number", from)
                .executeQuery()) {
            while (page.hasRoom() && rows.next()) {
                last = rows.getLong(1);
                byte[] json = rows.getBytes(2);
                EventId id = state.id(last);
                EventFormat.read(json).ifPresent(event -> page.add(new FiledEvent(id, event), json.length));
            }
        }
        boolean missed = after.isPresent() && (wanted.isEmpty() || wanted.get() < state.forgotten());
        return new Page(page.items(), missed, state.id(last));
    }

    boolean isSettled() throws SQLException {
        try (ResultSet row = statements.with("SELECT settled FROM log").executeQuery()) {
            return row.getLong(1) == 1;
        }
    }

    void settle() throws SQLException {
        statements.update("UPDATE log SET settled = 1");
    }

    /** Writes something that changes nothing. */
    void touch() throws SQLException {
        statements.update("UPDATE log SET last = last");
    }
}
