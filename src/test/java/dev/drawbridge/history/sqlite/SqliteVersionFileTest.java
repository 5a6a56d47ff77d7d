package dev.drawbridge.history.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.drawbridge.history.BlockKey;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.history.VersionId;
import dev.drawbridge.history.VersionStoreException;
import dev.drawbridge.sqlite.Layout;
import dev.drawbridge.store.sqlite.SqliteRoomStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConnection;

/** What is said of a file that cannot be used, what damage does, and that a file does not stay longer than it must. */
class SqliteVersionFileTest {
    private static final int MB = 1 << 20;

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = SqliteVersionStore.beside(folder.resolve("rooms.db"));
    }

    private SqliteVersionStore open() {
        return SqliteVersionStore.open(path);
    }

    private static VersionId id(int number) {
        return VersionId.at(Instant.EPOCH.plusSeconds(number), number);
    }

    private static BlockKey whole(int number) {
        return new BlockKey(id(number), Optional.empty());
    }

    private static void add(SqliteVersionStore store, String room, int number, byte[] block) {
        store.add(
                room,
                new Version(
                        id(number), Instant.EPOCH, 1, Optional.empty(), Reason.AUTO, List.of(), 1, 1, "0".repeat(64)),
                whole(number),
                block);
    }

    private static byte[] bytes(int length) {
        return "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
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
                .isInstanceOf(VersionStoreException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(saying);
    }

    @Test
    @DisplayName("The file is beside that of the rooms, whatever that is called")
    void beside() {
        assertThat(path).isEqualTo(folder.resolve("rooms.versions.db"));
        assertThat(SqliteVersionStore.beside(Path.of("boards"))).isEqualTo(Path.of("boards.versions.db"));
        assertThat(SqliteVersionStore.beside(Path.of("/a.db/b.sqlite")))
                .isEqualTo(Path.of("/a.db/b.sqlite.versions.db"));
    }

    @Test
    @DisplayName("The writer has WAL and syncs every transaction, and waits for others")
    void pragmas() {
        try (SqliteVersionStore store = open()) {
            List<String> settings = store.writer()
                    .onConnection(connection -> List.of(
                            query(connection, "PRAGMA journal_mode"),
                            query(connection, "PRAGMA synchronous"),
                            query(connection, "PRAGMA auto_vacuum"),
                            query(connection, "PRAGMA busy_timeout")));

            assertThat(settings).isEqualTo(List.of("wal", "2", "2", "10000")); // 2 is FULL, and INCREMENTAL
        }
    }

    @Test
    @DisplayName("A folder that is missing is made, one that cannot be made is named")
    void folders() throws IOException {
        path = folder.resolve("a/b/rooms.versions.db");
        open().close();
        assertThat(path).exists();

        path = Files.writeString(folder.resolve("file"), "").resolve("rooms.versions.db");
        assertThatOpeningFails("cannot be kept", "permissions");
    }

    @Test
    @DisplayName("A folder or a file that is read-only is named so")
    void readOnly() {
        Path closed = folder.resolve("closed");
        assertThat(closed.toFile().mkdir()).isTrue();
        assertThat(closed.toFile().setWritable(false)).isTrue();
        assumeThat(Files.isWritable(closed))
                .as("NOT TESTED: to this user (root?) no folder is read-only")
                .isFalse();
        path = closed.resolve("rooms.versions.db");

        assertThatOpeningFails("cannot be written");
    }

    @Test
    @DisplayName("The database of another program is refused, that of the rooms too, and left as it is")
    void foreign() throws IOException {
        execute("CREATE TABLE song (title TEXT)");
        byte[] before = Files.readAllBytes(path);

        assertThatOpeningFails("is a database of another program", "Move it away");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);

        path = folder.resolve("rooms.db");
        SqliteRoomStore.open(path, InstantSource.system(), () -> "token").close();
        assertThatOpeningFails("is a database of another program");
    }

    @Test
    @DisplayName("A file that is no database is refused, and left as it is")
    void noDatabase() throws IOException {
        Files.writeString(path, "These are not the versions you are looking for. ".repeat(100));
        byte[] before = Files.readAllBytes(path);

        assertThatOpeningFails("is damaged", "backup");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "A file of a newer layout is refused, with both versions named; one of an older layout is brought forward")
    void layouts() {
        List<Layout.Step> steps = new ArrayList<>(VersionsFile.LAYOUT.steps());
        steps.add(new Layout.Step("ALTER TABLE room ADD COLUMN title TEXT"));
        Layout next = new Layout(VersionsFile.LAYOUT.applicationId(), steps);
        try (SqliteVersionStore store = open()) {
            add(store, "room", 1, bytes(1));
        }

        try (SqliteVersionStore store = SqliteVersionStore.open(path, next)) {
            assertThat(store.ids("room")).containsExactly(id(1));
        }
        assertThatOpeningFails("newer version of Drawbridge", "layout 2", "up to 1");
    }

    @Test
    @DisplayName("A file that some tool holds is named as locked, and can be read meanwhile")
    void locked() throws SQLException {
        try (SqliteVersionStore store = open()) {
            add(store, "room", 1, bytes(1));
            store.writer().onConnection(connection -> query(connection, "PRAGMA busy_timeout = 50"));
            try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + path);
                    Statement statement = tool.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");

                assertThatThrownBy(() -> add(store, "room", 2, bytes(1)))
                        .isInstanceOf(VersionStoreException.class)
                        .hasMessageContaining("is locked by another process");
                assertThat(store.block("room", whole(1))).isPresent();
                statement.execute("COMMIT");
            }
            add(store, "room", 2, bytes(1));
            assertThat(store.ids("room")).containsExactly(id(1), id(2));
        }
    }

    @Test
    @DisplayName(
            "[5] A version of which what is known is damaged fails alone, is left out of the list, and can be removed")
    void damagedInfo() {
        try (SqliteVersionStore store = open()) {
            for (int number = 1; number <= 5; number++) {
                add(store, "room", number, bytes(number));
            }
            execute(
                    "UPDATE info SET json = '{\"id\":' WHERE json LIKE '%" + id(2) + "%'",
                    "DELETE FROM info WHERE json LIKE '%" + id(3) + "%'",
                    "UPDATE info SET json = replace(json, '" + id(4) + "', '" + id(9) + "')");

            assertThat(store.versions("room", Optional.empty(), 2))
                    .extracting(Version::id)
                    .containsExactly(id(5), id(1));
            for (int number = 2; number <= 4; number++) {
                VersionId id = id(number);
                assertThatThrownBy(() -> store.version("room", id))
                        .isInstanceOf(VersionStoreException.class)
                        .hasMessageContainingAll("The version " + id + " of the room room is damaged");
                assertThat(store.remove("room", id)).isTrue();
                assertThat(store.version("room", id)).isEmpty();
            }
            assertThat(store.ids("room")).containsExactly(id(1), id(5));
            assertThat(store.usage("room").versions()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM content WHERE key = 2",
                "UPDATE content SET bytes = x'00' WHERE key = 2",
                "UPDATE block SET content = 77 WHERE content = 2"
            })
    @DisplayName("[5] A block that is damaged fails alone, and can be removed")
    void damagedBlock(String damage) {
        try (SqliteVersionStore store = open()) {
            for (int number = 1; number <= 3; number++) {
                add(store, "room", number, bytes(number));
            }
            execute(damage);

            assertThatThrownBy(() -> store.block("room", whole(2)))
                    .isInstanceOf(VersionStoreException.class)
                    .hasMessageContainingAll("The version " + id(2) + " of the room room is damaged: its content");
            assertThat(store.block("room", whole(1))).contains(bytes(1));
            assertThat(store.block("room", whole(3))).contains(bytes(3));
            store.remove("room", id(2));
            store.removeBlock("room", whole(2));
            assertThat(store.usage("room").bytes()).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("[5] Pages of the file that are damaged take the versions with them that they hold, and no others")
    void damagedPages() throws IOException {
        try (SqliteVersionStore store = open()) {
            for (int number = 1; number <= 3; number++) {
                add(
                        store,
                        "room",
                        number,
                        Character.toString('a' + number).repeat(100_000).getBytes(StandardCharsets.US_ASCII));
            }
            add(store, "another", 1, bytes(10));
        }
        byte[] content = Files.readAllBytes(path);
        // An overflow page of version 2: its first four bytes name the next one.
        int page = new String(content, StandardCharsets.ISO_8859_1).indexOf("c".repeat(4_092)) / 4_096 + 1;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(page * 4_096L);
            file.write(new byte[] {0x7f, -1, -1, -1});
        }

        try (SqliteVersionStore store = open()) {
            assertThatThrownBy(() -> store.block("room", whole(2)))
                    .isInstanceOf(VersionStoreException.class)
                    .hasMessageContainingAll("The version " + id(2) + " of the room room is damaged");
            assertThat(store.versions("room", Optional.empty(), 9)).hasSize(3);
            assertThat(store.block("room", whole(1)).orElseThrow()).hasSize(100_000);
            assertThat(store.block("room", whole(3)).orElseThrow()).hasSize(100_000);
            assertThat(store.block("another", whole(1))).contains(bytes(10));

            assertThat(store.remove("room", id(2))).isTrue();
            store.removeBlock("room", whole(2));
            assertThat(store.block("room", whole(2))).isEmpty();
            assertThat(store.usage("room").bytes()).isEqualTo(200_000);
            store.removeRoom("room");
            assertThat(store.rooms(Optional.empty(), 9)).containsExactly("another");
            add(store, "room", 4, bytes(300_000));
            assertThat(store.block("room", whole(4))).contains(bytes(300_000));
        }
    }

    @Test
    @DisplayName("A full disk is said in words, leaves nothing half, and heals")
    void full() {
        try (SqliteVersionStore store = open()) {
            add(store, "room", 1, bytes(100_000));
            String pages = store.writer().onConnection(connection -> query(connection, "PRAGMA page_count"));
            store.writer().onConnection(connection -> query(connection, "PRAGMA max_page_count = " + pages));

            assertThatThrownBy(() -> add(store, "room", 2, bytes(MB)))
                    .isInstanceOf(VersionStoreException.class)
                    .hasMessageContainingAll(path.toString(), "is full", "nothing more can be stored");
            assertThat(store.ids("room")).containsExactly(id(1));
            assertThat(store.blocks("room")).hasSize(1);
            assertThat(store.usage("room").bytes()).isEqualTo(100_000);

            add(store, "room", 2, bytes(MB)); // the limit was that of the connection before
            assertThat(store.block("room", whole(2))).contains(bytes(MB));
            assertThatCode(store::ping).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("After a write that has failed, it says that it is well only when it can write")
    void ping() throws SQLException {
        try (SqliteVersionStore store = open()) {
            add(store, "room", 1, bytes(1));
            try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + path);
                    Statement statement = tool.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThatCode(store::ping).doesNotThrowAnyException();
                store.writer().onConnection(connection -> query(connection, "PRAGMA busy_timeout = 50"));
                assertThatThrownBy(() -> add(store, "room", 2, bytes(1))).isInstanceOf(VersionStoreException.class);
                store.writer().onConnection(connection -> query(connection, "PRAGMA busy_timeout = 50"));

                assertThatThrownBy(store::ping)
                        .isInstanceOf(VersionStoreException.class)
                        .hasMessageContaining("locked");
                statement.execute("ROLLBACK");
            }
            assertThatCode(store::ping).doesNotThrowAnyException();
        }
    }

    @Test
    @DisplayName("What was removed is given back to the disk by itself, a megabyte at a time, but for one")
    void givenBack() throws IOException {
        try (SqliteVersionStore store = open()) {
            for (int number = 1; number <= 12; number++) {
                add(store, "large", number, bytes(MB));
            }
            add(store, "behind it", 1, bytes(10_000));
            assertThat(Files.size(path)).isGreaterThan(11 * MB);
            AtomicInteger transactions = new AtomicInteger();
            store.writer().onConnection(connection -> {
                connection.unwrap(SQLiteConnection.class).addCommitListener(new Counter(transactions));
                return true;
            });

            store.removeRoom("large");

            Awaitility.await().until(() -> Files.size(path) < 3 * MB);
            assertThat(transactions.get()).isBetween(11, 30);
            assertThat(store.block("behind it", whole(1))).contains(bytes(10_000));
            add(store, "large", 1, bytes(MB));
            assertThat(Files.size(folder.resolve("rooms.versions.db-wal"))).isLessThan(16 * MB);
        }
        assertThat(query("PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(folder.resolve("rooms.versions.db-wal")).doesNotExist();
    }

    private record Counter(AtomicInteger commits) implements SQLiteCommitListener {
        @Override
        public void onCommit() {
            commits.incrementAndGet();
        }

        @Override
        public void onRollback() {}
    }
}
