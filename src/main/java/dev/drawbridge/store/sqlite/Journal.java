package dev.drawbridge.store.sqlite;

import dev.drawbridge.sqlite.Statements;
import dev.drawbridge.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Large changes, written as they are and made rows of afterwards, a piece at a time: tens of thousands of rows take a
 * second, in which every other room would wait for the one writer. The rows of a room and, over them, the entries of its
 * journal in the order of their keys are the room, at every instant.
 *
 * <p>An entry is one piece of a change, and it leaves the journal in the transaction that makes rows of it. As long as a
 * room has entries, all its changes become entries: a piece that is made rows of later would else undo them.
 *
 * <p>Used by the writer's thread only.
 */
final class Journal {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    /** What one entry holds, and what is made rows of at once: a few milliseconds. */
    static final int ROWS = 1_000;

    static final int BYTES = 1 << 20;

    /** A room whose journal has come to this makes rows of as much as it adds, and others wait for it. */
    static final long ENOUGH_BYTES = 64L << 20;

    private final Statements statements;
    private final DocumentRows rows;
    private final long enough;

    /** How many bytes the journal of each room has; null when that has to be looked up. */
    private @Nullable Map<Long, Long> held;

    /** Rooms of which no rows can be made, for a reason that is their own; until the next start. */
    private final Set<Long> setAside = new HashSet<>();

    private record Entry(long key, long room, byte[] content) {}

    Journal(Statements statements, DocumentRows rows, long enough) {
        this.statements = statements;
        this.rows = rows;
        this.enough = enough;
    }

    private Map<Long, Long> held() throws SQLException {
        if (held == null) {
            Map<Long, Long> found = new HashMap<>();
            try (ResultSet row = statements
                    .with("SELECT room, sum(length(change)) FROM journal GROUP BY room")
                    .executeQuery()) {
                while (row.next()) {
                    found.put(row.getLong(1), row.getLong(2));
                }
            }
            held = found;
        }
        return held;
    }

    /** What is known of it may be of a transaction that was rolled back. */
    void rolledBack() {
        held = null;
    }

    boolean has(long room) throws SQLException {
        return held().containsKey(room);
    }

    /** Whether there may be something to make rows of. */
    boolean isWaiting() {
        return held == null || !setAside.containsAll(held.keySet());
    }

    void add(long room, List<RowChange> changes) throws SQLException {
        makeRoom(room, weight(changes));
        List<RowChange> piece = new ArrayList<>();
        long weight = 0;
        for (RowChange change : changes) {
            if (piece.size() == ROWS || (!piece.isEmpty() && weight + change.weight() > BYTES)) {
                append(room, piece);
                piece.clear();
                weight = 0;
            }
            piece.add(change);
            weight += change.weight();
        }
        if (!piece.isEmpty()) {
            append(room, piece);
        }
    }

    private static long weight(List<RowChange> changes) {
        return changes.stream().mapToLong(RowChange::weight).sum();
    }

    /** A journal that has come to what is enough becomes smaller by what it is about to grow. */
    private void makeRoom(long room, long bytes) throws SQLException {
        long before = held(room);
        long after = Math.max(enough, before - bytes);
        while (held(room) > after) {
            spread(first("SELECT key, room, change FROM journal WHERE room = ? ORDER BY key LIMIT 1", room)
                    .orElseThrow());
        }
    }

    private long held(long room) throws SQLException {
        return held().getOrDefault(room, 0L);
    }

    private void append(long room, List<RowChange> piece) throws SQLException {
        byte[] content = JournalCodec.encode(piece);
        statements.update("INSERT INTO journal (room, change) VALUES (?, ?)", room, content);
        held().merge(room, (long) content.length, Long::sum);
    }

    void delete(long room) throws SQLException {
        statements.update("DELETE FROM journal WHERE room = ?", room);
        held().remove(room);
        setAside.remove(room);
    }

    /** Makes rows of the oldest entries, of so many as take milliseconds, and says whether there were any. */
    boolean spread() throws SQLException {
        int done = 0;
        long bytes = 0;
        while (!setAside.containsAll(held().keySet()) && done < ROWS && bytes < BYTES) {
            Entry oldest =
                    first("SELECT key, room, change FROM journal ORDER BY key").orElseThrow();
            try {
                done += spread(oldest);
                bytes += oldest.content.length;
            } catch (StoreException e) {
                setAside.add(oldest.room);
                log.error(
                        "The journal of the room with the key {} cannot be read, and is left as it is", oldest.room, e);
            } catch (SQLException e) {
                if (SqliteFault.isOfOneRoom(e)) {
                    setAside.add(oldest.room);
                }
                throw e;
            }
        }
        return done > 0;
    }

    /** The first entry of a room that is not set aside. */
    private Optional<Entry> first(String query, Object... parameters) throws SQLException {
        try (ResultSet row = statements.with(query, parameters).executeQuery()) {
            while (row.next()) {
                if (!setAside.contains(row.getLong(2))) {
                    return Optional.of(new Entry(row.getLong(1), row.getLong(2), row.getBytes(3)));
                }
            }
        }
        return Optional.empty();
    }

    /** Makes rows of an entry, and says of how many changes. */
    private int spread(Entry entry) throws SQLException {
        List<RowChange> changes = JournalCodec.decode(entry.content);
        rows.write(entry.room, changes);
        statements.update("DELETE FROM journal WHERE key = ?", entry.key);
        held().computeIfPresent(
                        entry.room,
                        (room, bytes) -> bytes == entry.content.length ? null : bytes - entry.content.length);
        return changes.size();
    }
}
