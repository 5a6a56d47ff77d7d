package dev.drawbridge.events.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore.Kept;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStore.Queued;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.sqlite.Layout;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** What is said of a file that cannot be used, what damage does, and what is in it after what has gone wrong. */
class SqliteEventFileTest {
    private static final Instant NOW = Instant.parse("2026-11-28T17:00:00.123Z");
    private static final Kept PLENTY = new Kept(10_000, 32L << 20);
    private static final int ANY = 10_000;

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = SqliteEventStore.beside(folder.resolve("rooms.db"));
    }

    private SqliteEventStore open() throws EventStoreException {
        return SqliteEventStore.open(path, PLENTY);
    }

    private static Queue queue(String name, int mostEvents) {
        return new Queue(name, event -> true, mostEvents, 64L << 20);
    }

    private static RoomEvent created(String room) {
        return new RoomEvent(room, NOW, "n1", new Created(0));
    }

    private static RoomEvent change(String room, long clock, int length) {
        Diff diff = new Diff(
                List.of(JsonObject.builder().put("id", "x".repeat(length)).build()), List.of(), true);
        return new RoomEvent(
                room, NOW, "n1", new Changed(clock - 1, clock, Optional.empty(), List.of(), Optional.of(diff)));
    }

    private static List<FiledEvent> append(SqliteEventStore store, RoomEvent event, Queue... queues)
            throws EventStoreException {
        return store.append(List.of(event), List.of(queues)).filed();
    }

    private void execute(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.getString(1);
        }
    }

    private String query(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path)) {
            return query(connection, sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void assertThatOpeningFails(String... saying) {
        assertThatThrownBy(this::open)
                .isInstanceOf(EventStoreException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(saying);
    }

    @Test
    @DisplayName("The file is beside that of the rooms, whatever that is called")
    void beside() {
        assertThat(path).isEqualTo(folder.resolve("rooms.events.db"));
        assertThat(SqliteEventStore.beside(Path.of("boards"))).isEqualTo(Path.of("boards.events.db"));
    }

    @Test
    @DisplayName("There is WAL, and a transaction is not synced by itself")
    void pragmas() throws EventStoreException {
        try (SqliteEventStore store = open()) {
            List<String> settings = store.onConnection(connection -> List.of(
                    query(connection, "PRAGMA journal_mode"),
                    query(connection, "PRAGMA synchronous"),
                    query(connection, "PRAGMA auto_vacuum")));

            assertThat(settings).isEqualTo(List.of("wal", "1", "2")); // 1 is NORMAL, and 2 is INCREMENTAL
        }
    }

    @Test
    @DisplayName("A folder that is missing is made, one that cannot be made is named")
    void folders() throws EventStoreException, IOException {
        path = folder.resolve("a/b/rooms.events.db");
        open().close();
        assertThat(path).exists();

        path = Files.writeString(folder.resolve("file"), "").resolve("rooms.events.db");
        assertThatOpeningFails("cannot be kept", "permissions");
    }

    @Test
    @DisplayName("The database of another program is refused, and left as it is")
    void foreign() throws IOException {
        execute("CREATE TABLE song (title TEXT)");
        byte[] before = Files.readAllBytes(path);

        assertThatOpeningFails("is a database of another program", "Move it away");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    @DisplayName("A file of a newer release is refused")
    void newer() throws EventStoreException {
        List<Layout.Step> steps = new ArrayList<>(EventsFile.LAYOUT.steps());
        steps.add(new Layout.Step("CREATE TABLE more (key INTEGER PRIMARY KEY)"));
        SqliteEventStore.open(path, PLENTY, new Layout(EventsFile.LAYOUT.applicationId(), steps))
                .close();

        assertThatOpeningFails("newer version of Drawbridge");
    }

    @Test
    @DisplayName("What is no database is said to be damaged, and what may be done")
    void garbage() throws IOException {
        Files.writeString(path, "This is not a database at all. ".repeat(100));

        assertThatOpeningFails("is damaged", "move the file away");
    }

    @Test
    @DisplayName("Each file has a log with a name of its own")
    void names() throws EventStoreException {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            path = folder.resolve(i + ".db");
            try (SqliteEventStore store = open()) {
                EventId last = store.last();
                assertThat(EventId.parse(last.text())).contains(last);
                names.add(last.log());
            }
        }

        assertThat(names).hasSize(5);
    }

    @Test
    @DisplayName(
            "A number that was given once is not given again, also when a power cut or a backup has taken events away")
    void numbers() throws EventStoreException, IOException {
        EventId before;
        List<FiledEvent> lost;
        try (SqliteEventStore store = open()) {
            before = append(store, created("a")).getFirst().id();
            store.onConnection(connection -> query(connection, "PRAGMA wal_checkpoint(TRUNCATE)"));
            Files.copy(path, folder.resolve("backup"));
            lost = append(store, created("b"));
        }
        Files.delete(path);
        Files.move(folder.resolve("backup"), path);

        try (SqliteEventStore store = open()) {
            List<FiledEvent> next = append(store, created("c"));

            assertThat(next.getFirst().id().number())
                    .isGreaterThan(lost.getFirst().id().number() + 1);
            assertThat(store.after(Optional.of(before), ANY).events()).isEqualTo(next);
            assertThat(store.after(Optional.of(before), ANY).missed()).isFalse();
            assertThat(store.after(Optional.of(lost.getFirst().id()), ANY).events())
                    .isEqualTo(next);
        }
    }

    @Test
    @DisplayName("What a newer release has written is left out, and what follows it is not")
    void unknown() throws EventStoreException {
        List<FiledEvent> filed = new ArrayList<>();
        try (SqliteEventStore store = open()) {
            for (int room = 0; room < 5; room++) {
                filed.addAll(append(store, created("r" + room), queue("a", 10)));
            }
            execute("UPDATE event SET json = '{\"type\":\"room.painted\"}' WHERE number IN (1, 2, 5)");

            assertThat(store.after(Optional.empty(), 1).events()).isEqualTo(filed.subList(2, 3));
            assertThat(store.after(Optional.empty(), ANY).events()).isEqualTo(filed.subList(2, 4));
            assertThat(store.after(Optional.empty(), ANY).last())
                    .isEqualTo(filed.get(4).id());
            assertThat(store.queued("a", Optional.empty(), 1))
                    .extracting(Queued::event)
                    .isEqualTo(filed.subList(2, 3));
            store.delivered("a", filed.get(0).id());
            assertThat(store.level("a").waiting()).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("A page is no longer than some megabytes")
    void longPages() throws EventStoreException {
        try (SqliteEventStore store = open()) {
            append(store, created("room"), queue("a", 100));
            for (int clock = 1; clock <= 12; clock++) {
                append(store, change("room", clock, 1 << 20), queue("a", 100));
            }

            assertThat(store.after(Optional.empty(), ANY).events()).hasSize(5);
            assertThat(store.queued("a", Optional.empty(), ANY)).hasSize(5);
        }
    }

    @Test
    @DisplayName("[4] The log is bounded in bytes, and the newest event is kept anyway")
    void bytes() throws EventStoreException {
        try (SqliteEventStore store = SqliteEventStore.open(path, new Kept(100, 50_000))) {
            append(store, created("room"));
            for (int clock = 1; clock <= 9; clock++) {
                append(store, change("room", clock, 10_000));
            }
            assertThat(store.after(Optional.empty(), ANY).events()).hasSize(4);

            List<FiledEvent> large = append(store, change("room", 10, 60_000));
            assertThat(store.after(Optional.empty(), ANY).events()).isEqualTo(large);
            assertThat(query("SELECT count(*) FROM event")).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("[5] Dead letters are bounded in bytes, and an event is there as long as anybody needs it")
    void deadBytes() throws EventStoreException {
        try (SqliteEventStore store = SqliteEventStore.open(path, new Kept(1, 1))) {
            append(store, created("room"), queue("a", 0), queue("b", 100));
            int forgotten = 0;
            for (int clock = 1; clock <= 34; clock++) {
                forgotten += store.append(
                                List.of(change("room", clock, 1 << 20)), List.of(queue("a", 0), queue("b", 100)))
                        .forgotten()
                        .getOrDefault("a", 0);
            }

            assertThat(store.level("a").dead()).isEqualTo(31);
            assertThat(forgotten).isEqualTo(4);
            assertThat(query("SELECT count(*) FROM event")).isEqualTo("35");
            assertThat(store.level("b").waiting()).isEqualTo(35);
            for (Queued each : all(store, "b")) {
                store.delivered("b", each.event().id());
            }
            assertThat(query("SELECT count(*) FROM event")).isEqualTo("31");
            assertThat(store.discard("a", Optional.empty())).isEqualTo(31);
            assertThat(query("SELECT count(*) FROM event")).isEqualTo("1");
        }
    }

    private static List<Queued> all(SqliteEventStore store, String queue) throws EventStoreException {
        List<Queued> all = new ArrayList<>();
        List<Queued> page = store.queued(queue, Optional.empty(), ANY);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = store.queued(queue, Optional.of(all.getLast().event().id()), ANY);
        }
        return all;
    }

    @Test
    @DisplayName("[1] Wherever an append ends, all of it is there or nothing, and then it can be done")
    void anyStatement() throws EventStoreException {
        try (SqliteEventStore store = SqliteEventStore.open(path, new Kept(3, 1 << 20))) {
            List<Queue> queues = List.of(queue("a", 2), queue("b", 100));
            store.append(List.of(created("r0"), created("r1"), created("r2")), queues);
            boolean isDone = false;
            int failures = 0;
            for (int steps = 1; !isDone; steps += 1 + steps / 10) {
                String before = everything();
                interruptAfter(store, steps);
                try {
                    assertThat(store.append(
                                            List.of(
                                                    change("r0", 1, 10),
                                                    new RoomEvent("r1", NOW, "n1", new Opened(7)),
                                                    created("r3")),
                                            queues)
                                    .filed())
                            .hasSize(4);
                    isDone = true;
                } catch (EventStoreException e) {
                    failures++;
                    assertThat(e).hasMessageContaining(path.toString());
                    assertThat(everything()).isEqualTo(before);
                }
            }
            assertThat(failures).isGreaterThan(20);
            assertThat(store.stories(List.of("r0", "r1", "r3")))
                    .isEqualTo(Map.of(
                            "r0", new Story(1, Optional.empty()),
                            "r1", new Story(7, Optional.of("n1")),
                            "r3", new Story(0, Optional.empty())));
            assertThat(store.level("b").waiting()).isEqualTo(7);
            assertThat(store.level("a").dead()).isEqualTo(5);
            assertThat(store.after(Optional.empty(), ANY).events()).hasSize(3);
        }
    }

    /** Lets the connection go on for so many steps of SQLite's machine. */
    private static void interruptAfter(SqliteEventStore store, int steps) throws EventStoreException {
        store.onConnection(connection -> {
            ProgressHandler.setHandler(connection, steps, new ProgressHandler() {
                @Override
                protected int progress() {
                    return 1;
                }
            });
            return true;
        });
    }

    /** What is in all tables. */
    private String everything() {
        return String.join(
                "\n",
                List.of("log", "story", "queue", "waiting", "dead").stream()
                        .map(table -> query("SELECT coalesce(group_concat(line, ';'), '') FROM (SELECT "
                                + switch (table) {
                                    case "log" -> "last || ',' || forgotten || ',' || events || ',' || bytes";
                                    case "story" -> "room || ',' || clock || ',' || node";
                                    case "queue" ->
                                        "name || ',' || waiting || ',' || bytes || ',' || dead || ',' || dead_bytes";
                                    default -> "queue || ',' || number";
                                }
                                + " AS line FROM " + table + ")"))
                        .toList());
    }

    @Test
    @DisplayName("A full disk is said in words, leaves nothing half, and heals")
    void full() throws EventStoreException {
        try (SqliteEventStore store = open()) {
            append(store, created("room"));
            String pages = store.onConnection(connection -> query(connection, "PRAGMA page_count"));
            store.onConnection(connection -> query(connection, "PRAGMA max_page_count = " + pages));

            assertThatThrownBy(() -> append(store, change("room", 1, 1 << 20), queue("a", 10)))
                    .isInstanceOf(EventStoreException.class)
                    .hasMessageContainingAll(path.toString(), "is full", "nothing more can be stored");
            assertThat(store.stories(List.of("room"))).isEqualTo(Map.of("room", new Story(0, Optional.empty())));
            assertThat(store.queues()).isEmpty();

            assertThatCode(store::ping).doesNotThrowAnyException(); // the limit was that of the connection before
            assertThat(append(store, change("room", 1, 1 << 20), queue("a", 10)))
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("After a write that has failed, it says that it is well only when it can write")
    void ping() throws EventStoreException, SQLException {
        try (SqliteEventStore store = open()) {
            append(store, created("room"));
            try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + path);
                    Statement statement = tool.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThatCode(store::ping).doesNotThrowAnyException();
                store.onConnection(connection -> query(connection, "PRAGMA busy_timeout = 50"));
                assertThatThrownBy(() -> append(store, created("b"))).isInstanceOf(EventStoreException.class);
                store.onConnection(connection -> query(connection, "PRAGMA busy_timeout = 50"));
                assertThatThrownBy(store::ping)
                        .isInstanceOf(EventStoreException.class)
                        .hasMessageContaining("locked");
                statement.execute("ROLLBACK");
            }
            assertThatCode(store::ping).doesNotThrowAnyException();
            assertThat(append(store, created("b"))).hasSize(1);
        }
    }

    @Test
    @DisplayName("Pages that are damaged are said to be, again and again, and nothing else happens")
    void damaged() throws EventStoreException, IOException {
        try (SqliteEventStore store = open()) {
            append(store, created("room"));
            for (int clock = 1; clock <= 20; clock++) {
                append(store, change("room", clock, 3_000));
            }
        }
        int page = 4_096 * Integer.parseInt(query("SELECT rootpage - 1 FROM sqlite_schema WHERE name = 'event'"));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(page);
            file.write(new byte[4_096]);
        }

        try (SqliteEventStore store = open()) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> append(store, change("room", 21, 10)))
                        .isInstanceOf(EventStoreException.class)
                        .hasMessageContainingAll(path.toString(), "is damaged", "move the file away");
                assertThatThrownBy(() -> store.after(Optional.empty(), ANY)).isInstanceOf(EventStoreException.class);
            }
            assertThat(store.stories(List.of("room"))).isEqualTo(Map.of("room", new Story(20, Optional.empty())));
        }
    }

    @Test
    @DisplayName("Stories of ten thousand rooms are known, asked for and gone through")
    void manyRooms() throws EventStoreException {
        List<String> rooms =
                IntStream.range(0, 10_000).mapToObj("room-%05d"::formatted).toList();
        try (SqliteEventStore store = open()) {
            store.append(
                    rooms.stream()
                            .map(room -> new RoomEvent(room, NOW, "n1", new Opened(3)))
                            .toList(),
                    List.of());

            assertThat(store.stories(rooms)).hasSize(10_000);
            assertThat(store.open()).hasSize(10_000);
            assertThat(store.storiesAfter(Optional.of(rooms.get(4_999)), 3).keySet())
                    .containsExactlyElementsOf(rooms.subList(5_000, 5_003));
        }
    }

    @Test
    @DisplayName("What a queue has left behind is given back to the disk bit by bit")
    void givenBack() throws EventStoreException, IOException {
        try (SqliteEventStore store = SqliteEventStore.open(path, new Kept(10, 1 << 20))) {
            append(store, created("room"), queue("a", 100));
            for (int clock = 1; clock <= 40; clock++) {
                append(store, change("room", clock, 1 << 20), queue("a", 100));
            }
            for (Queued each : all(store, "a")) {
                store.delivered("a", each.event().id());
            }
            for (int clock = 41; clock <= 90; clock++) {
                append(store, change("room", clock, 10));
            }

            Awaitility.await().until(() -> Files.size(path) < 14 << 20);
        }
        assertThat(query("PRAGMA integrity_check")).isEqualTo("ok");
    }
}
