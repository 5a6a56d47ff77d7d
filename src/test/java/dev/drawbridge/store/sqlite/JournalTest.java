package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.SCHEMA;
import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.documents;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows are made of it here when the test says so. */
@DisplayName("The journal")
class JournalTest {
    private static final String ROOM = "room";
    private static final int MANY = 2_500;

    @TempDir
    private Path folder;

    private SqliteFile file;
    private Connection connection;
    private RoomWriter rooms;
    private Ownership owner;

    @BeforeEach
    void open() throws SQLException {
        file = SqliteFile.open(folder.resolve("rooms.db"), SqliteLayout.CURRENT);
        connection = file.connectToWrite();
        connection.setAutoCommit(false);
        rooms = new RoomWriter(connection, file.generation());
        owner = own(ROOM);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        file.close();
    }

    /** As after a kill: nothing is known but what the file has. */
    private void restart() throws SQLException {
        close();
        file = SqliteFile.open(folder.resolve("rooms.db"), SqliteLayout.CURRENT);
        connection = file.connectToWrite();
        connection.setAutoCommit(false);
        rooms = new RoomWriter(connection, file.generation());
    }

    private Ownership own(String room) throws SQLException {
        Ownership taken = rooms.takeOver(room, "token", 0).owner();
        connection.commit();
        return taken;
    }

    private void commit(DocumentChange change) throws SQLException {
        commit(ROOM, owner, change);
    }

    private void commit(String room, Ownership by, DocumentChange change) throws SQLException {
        assertThat(rooms.commit(room, by, change, 0)).isEqualTo(new CommitResult.Committed());
        connection.commit();
    }

    private boolean spread() throws SQLException {
        boolean done = rooms.spread();
        connection.commit();
        return done;
    }

    private RoomSnapshot stored() throws SQLException {
        return stored(ROOM, owner);
    }

    private RoomSnapshot stored(String room, Ownership by) throws SQLException {
        try (Connection reading = file.connectToRead()) {
            return new SqliteRoomReader(reading, file.generation())
                    .read(room, by)
                    .snapshot()
                    .orElseThrow();
        }
    }

    private int count(String table) throws SQLException {
        return Integer.parseInt(query(connection, "SELECT count(*) FROM " + table));
    }

    private static StoredRecord[] many(long clock) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> record("shape:" + i, clock))
                .toArray(StoredRecord[]::new);
    }

    private static Map<String, String> manyAnd(long clock, StoredRecord... others) {
        Map<String, String> all = new TreeMap<>(documents(many(clock)));
        all.putAll(documents(others));
        return all;
    }

    @Test
    @DisplayName(
            "takes a large change, and the room is whole before there is a row of it, and at every step until all are")
    void stepByStep() throws SQLException {
        commit(change(1, many(1)));
        assertThat(count("document")).isZero();
        assertThat(count("journal")).isEqualTo(3);

        List<Integer> rows = new ArrayList<>();
        do {
            assertThat(documents(stored())).isEqualTo(documents(many(1)));
            rows.add(count("document"));
        } while (spread());

        assertThat(rows).containsExactly(0, 1_000, 2_000, MANY);
        assertThat(count("journal")).isZero();
        assertThat(rooms.hasJournal()).isFalse();
    }

    @Test
    @DisplayName("does not take a small change, unless there is something of its room in it")
    void small() throws SQLException {
        Ownership other = own("other");
        commit(change(1, record("a", 1)));
        assertThat(count("journal")).isZero();

        commit(change(2, many(2)));
        commit("other", other, change(1, record("a", 1)));
        assertThat(count("journal")).isEqualTo(3);
        assertThat(count("document")).isEqualTo(2);
        spread();
        commit(change(3, record("shape:0", 3), record("shape:2400", 3), record("b", 3)));
        assertThat(count("journal")).isEqualTo(3);

        Map<String, String> expected =
                manyAnd(2, record("a", 1), record("shape:0", 3), record("shape:2400", 3), record("b", 3));
        do {
            assertThat(documents(stored())).isEqualTo(expected);
        } while (spread());
        commit(change(4, record("c", 4)));
        assertThat(count("journal")).isZero();
        assertThat(stored().documents()).hasSize(expected.size() + 1);
    }

    @Test
    @DisplayName("holds deletions too, of what is in it and of what is in rows, and what follows them")
    void deletions() throws SQLException {
        commit(change(1, record("row", 1), record("other row", 1)));
        commit(change(2, many(2)));
        commit(change(3, List.of(), Map.of("row", 3L, "shape:7", 3L, "shape:8", 3L), Set.of()));
        commit(change(4, List.of(record("shape:8", 4)), Map.of("other row", 4L), Set.of("shape:8")));
        Map<String, String> expected = manyAnd(2, record("shape:8", 4));
        expected.remove("shape:7");
        do {
            assertThat(documents(stored())).isEqualTo(expected);
            assertThat(stored().tombstones())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("row", 3L, "shape:7", 3L, "other row", 4L));
            assertThat(List.copyOf(stored().tombstones().values())).isSorted();
        } while (spread());
    }

    @Test
    @DisplayName("holds a change that only prunes, at the clock of the one before it, and its repetition")
    void prunes() throws SQLException {
        Map<String, Long> tombstones = new HashMap<>();
        IntStream.range(0, MANY).forEach(i -> tombstones.put("shape:" + i, i < 10 ? 2L : 1L));
        commit(change(1, List.of(), Map.of("row", 1L), Set.of()));
        commit(change(2, List.of(), tombstones, Set.of()));
        Set<String> old = new HashSet<>(tombstones.keySet());
        old.add("row");
        old.removeIf(id -> tombstones.getOrDefault(id, 0L) == 2);
        DocumentChange prune = new DocumentChange(2, 2, 2, SCHEMA, List.of(), Map.of(), old, DocumentSize.EMPTY);
        commit(prune);
        commit(prune);
        do {
            assertThat(stored().tombstones()).hasSize(10).doesNotContainKey("row");
        } while (spread());
        assertThat(count("tombstone")).isEqualTo(10);
    }

    @Test
    @DisplayName("is gone with its room, and a room that is made anew has nothing of it")
    void deletedRoom() throws SQLException {
        commit(change(1, many(1)));
        spread();
        rooms.delete(ROOM);
        connection.commit();

        assertThat(count("journal") + count("document")).isZero();
        assertThat(rooms.hasJournal()).isFalse();
        owner = own(ROOM);
        commit(change(1, record("a", 1)));
        assertThat(spread()).isFalse();
        assertThat(documents(stored())).isEqualTo(documents(record("a", 1)));
    }

    @Test
    @DisplayName("is found again after a crash, half made into rows, and made into rows to its end")
    void crash() throws SQLException {
        commit(change(1, many(1)));
        spread();
        rooms.spread(); // without a commit
        restart();

        assertThat(count("document")).isEqualTo(1_000);
        assertThat(documents(stored())).isEqualTo(documents(many(1)));
        commit(change(2, record("shape:2400", 2)));
        while (spread()) {
            assertThat(documents(stored())).isEqualTo(manyAnd(1, record("shape:2400", 2)));
        }
        assertThat(count("document")).isEqualTo(MANY);
    }

    @Test
    @DisplayName("has nothing of a transaction that was rolled back")
    void rolledBack() throws SQLException {
        commit(change(1, record("a", 1)));
        rooms.commit(ROOM, owner, change(2, many(2)), 0);
        connection.rollback();
        rooms.rolledBack();

        commit(change(2, record("a", 2)));
        assertThat(count("journal")).isZero();
        assertThat(documents(stored())).isEqualTo(documents(record("a", 2)));
    }

    @Test
    @DisplayName("of a room never has more than what is enough and one change")
    void bounded() throws SQLException {
        rooms = new RoomWriter(connection, file.generation(), RoomWriter.LARGE, 300_000);
        Map<String, StoredRecord> all = new HashMap<>();
        long most = 0;
        for (int clock = 1; clock <= 20; clock++) {
            StoredRecord[] puts = many(clock);
            commit(change(clock, puts));
            List.of(puts).forEach(put -> all.put(put.id(), put));
            most = Math.max(most, Long.parseLong(query(connection, "SELECT sum(length(change)) FROM journal")));
        }
        long one = RowChange.of(change(1, many(1))).stream()
                .mapToLong(RowChange::weight)
                .sum();

        assertThat(most).isBetween(300_000L, 300_000 + one + 1_000);
        assertThat(documents(stored())).isEqualTo(documents(all.values().toArray(StoredRecord[]::new)));
        assertThat(spread()).isTrue();
        assertThat(documents(stored())).isEqualTo(documents(all.values().toArray(StoredRecord[]::new)));
    }

    @Test
    @DisplayName("is cut into entries by bytes too, and one record may be larger than that")
    void largeRecords() throws SQLException {
        rooms = new RoomWriter(connection, file.generation(), 0, Journal.ENOUGH_BYTES);
        StoredRecord[] records = IntStream.range(0, 9)
                .mapToObj(i -> record("r" + i, 1, "x".repeat(i == 4 ? 3 * Journal.BYTES : Journal.BYTES / 3)))
                .toArray(StoredRecord[]::new);
        commit(change(1, records));

        assertThat(count("journal")).isEqualTo(5);
        do {
            assertThat(documents(stored())).isEqualTo(documents(records));
        } while (spread());
    }

    @Test
    @DisplayName("of one room that is damaged fails that room alone, is left as it is, and goes with the room")
    void damaged() throws SQLException {
        commit(change(1, many(1)));
        Ownership other = own("other");
        commit("other", other, change(1, many(1)));
        try (Statement statement = connection.createStatement()) {
            statement.execute("UPDATE journal SET change = zeroblob(length(change)) WHERE key = 2");
        }
        connection.commit();

        while (rooms.hasJournal()) {
            spread();
        }

        assertThat(count("journal")).isEqualTo(2);
        assertThatThrownBy(this::stored)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("an entry of its journal is damaged");
        assertThat(documents(stored("other", other))).isEqualTo(documents(many(1)));
        assertThat(rooms.delete(ROOM)).isTrue();
        assertThat(count("journal")).isZero();
    }

    @Test
    @DisplayName("and the rows are the room, whatever is changed, journalled, made rows of, rolled back and restarted")
    void random() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Map<String, StoredRecord> records = new HashMap<>();
        Map<String, Long> tombstones = new HashMap<>();
        rooms = new RoomWriter(connection, file.generation(), 5, 2_000);
        for (int clock = 1; clock <= 300; clock++) {
            List<StoredRecord> puts = new ArrayList<>();
            Map<String, Long> deleted = new HashMap<>();
            Set<String> pruned = new HashSet<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                String id = "shape:" + random.nextInt(30);
                switch (random.nextInt(3)) {
                    case 0 -> deleted.put(id, (long) clock);
                    case 1 -> pruned.add(id);
                    default -> puts.add(record(id, clock, "x".repeat(random.nextInt(200))));
                }
            }
            puts.removeIf(put -> deleted.containsKey(put.id()));
            pruned.removeAll(deleted.keySet());
            DocumentChange change = change(clock, puts, deleted, pruned);
            if (random.nextInt(5) == 0) {
                rooms.commit(ROOM, owner, change, 0);
                rooms.spread();
                connection.rollback();
                rooms.rolledBack();
            }
            commit(change);
            puts.forEach(put -> records.put(put.id(), put));
            tombstones.keySet().removeAll(pruned);
            records.keySet().removeAll(deleted.keySet());
            tombstones.putAll(deleted);
            if (random.nextInt(3) == 0) {
                spread();
            }
            if (random.nextInt(40) == 0) {
                restart();
                rooms = new RoomWriter(connection, file.generation(), 5, 2_000);
            }
            assertThat(documents(stored()))
                    .as("documents, with seed %s at %s", seed, clock)
                    .isEqualTo(documents(records.values().toArray(StoredRecord[]::new)));
            assertThat(stored().tombstones())
                    .as("tombstones, with seed %s at %s", seed, clock)
                    .isEqualTo(tombstones);
        }
    }
}
