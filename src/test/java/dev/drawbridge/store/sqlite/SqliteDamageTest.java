package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.documents;
import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.execute;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.query;
import static dev.drawbridge.store.sqlite.SqliteFixture.storeRoom;
import static dev.drawbridge.store.sqlite.SqliteFixture.withRooms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One room is damaged: that room fails, nothing of it is changed, the others live on. */
class SqliteDamageTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void storeRooms() {
        path = withRooms(folder.resolve("rooms.db"), "broken", "sound");
    }

    private static final String IS_BROKEN = "(SELECT key FROM room WHERE id = 'broken')";
    private static final String IS_RECORD = "WHERE id = 'a' AND room = " + IS_BROKEN;

    private void assertThatOnlyBrokenFails(String... saying) {
        String all = "SELECT group_concat(hex(state) || id || clock) FROM document";
        String before = query(path, all);
        try (SqliteRoomStore store = open(path)) {
            assertThat(failureOf(store.open("broken")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("broken")
                    .hasMessageContainingAll(saying);
            assertThat(failureOf(store.read("broken", Admission.ANY)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("broken")
                    .hasMessageContainingAll(saying);
            assertThat(opened(store.open("sound")).snapshot()).isPresent();
            assertThat(query(path, all)).isEqualTo(before);
            assertThat(get(store.delete("broken"))).isTrue();
            assertThat(opened(store.open("sound")).snapshot()).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'{\"id\":\"a\"'              | no JSON",
                "'{\"id\":\"a\"} {}'          | more after the end",
                "'{\"id\":\"a\"}}'            | no JSON",
                "'[]'                         | no JSON object",
                "''                           | no JSON object",
                "'null'                       | no JSON object",
                "CAST(x'7B2261223A22FF227D' AS TEXT) | not UTF-8",
                "x'00'                        | no JSON"
            })
    @DisplayName("A record that is damaged is named")
    void record_(String state, String reason) {
        execute(path, "UPDATE document SET state = " + state + " " + IS_RECORD);

        assertThatOnlyBrokenFails("the record a is damaged", reason);
    }

    @Test
    @DisplayName("A record that is damaged harms nobody who reads another one")
    void oneRecord() {
        execute(path, "UPDATE document SET state = 'no JSON' " + IS_RECORD);

        try (SqliteRoomStore store = open(path)) {
            assertThat(get(store.readRecord("broken", "b")).orElseThrow().records())
                    .hasSize(1);
            assertThat(failureOf(store.readRecord("broken", "a")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll("The room broken cannot be read", "the record a is damaged");
        }
    }

    @Test
    @DisplayName("A record that is nested too deep is named")
    void tooDeep() {
        execute(
                path,
                "UPDATE document SET state = '" + "{\"a\":".repeat(600) + "1" + "}".repeat(600) + "' " + IS_RECORD);

        assertThatOnlyBrokenFails("the record a is damaged");
    }

    @Test
    @DisplayName("A record id that is damaged is named")
    void recordId() {
        execute(path, "UPDATE document SET id = 'a\\' " + IS_RECORD);

        assertThatOnlyBrokenFails("the stored id a\\ is damaged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"99 | is missing", "(SELECT max(key) FROM schema) | is damaged"})
    @DisplayName("A schema that is missing or damaged is named")
    void schema(String key, String reason) {
        execute(
                path,
                "INSERT INTO schema (json) VALUES ('no JSON')",
                "UPDATE room SET schema = " + key + " WHERE id = 'broken'");

        assertThatOnlyBrokenFails("the stored schema " + reason);
    }

    @Test
    @DisplayName("Bytes that went bad on the disk are found when the room is read")
    void badSector() throws IOException {
        byte[] content = Files.readAllBytes(path);
        // so many in a row are an overflow page, not what a page has left over from an earlier use
        int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("x".repeat(4_000));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            file.write(new byte[16]);
        }
        try (SqliteRoomStore store = open(path)) {
            List<Throwable> failures = Stream.of("broken", "sound")
                    .map(room -> get(store.open(room).handle((opened, error) -> error)))
                    .filter(Objects::nonNull)
                    .toList();

            assertThat(failures).hasSize(1);
            assertThat(failures.getFirst()).hasMessageContaining("the record b is damaged");
        }
    }

    @Test
    @DisplayName("A commit that cannot be written does not take the others of its group with it")
    void group() {
        execute(
                path,
                "CREATE TRIGGER no_more BEFORE UPDATE ON room WHEN NEW.id = 'broken' AND NEW.clock > 1"
                        + " BEGIN SELECT RAISE(ABORT, 'for a test'); END");
        try (SqliteRoomStore store = open(path)) {
            Ownership broken = opened(store.open("broken")).ownership();
            Ownership sound = opened(store.open("sound")).ownership();
            store.writer().submit((rooms, connection) -> { // so that those that follow are one group
                LockSupport.parkNanos(50_000_000);
                return true;
            });
            var failing = store.commit("broken", broken, change(2, record("a", 2)));
            var following = store.commit("sound", sound, change(2, record("a", 2)));

            assertThat(get(following)).isEqualTo(new CommitResult.Committed());
            assertThat(failureOf(failing)).isInstanceOf(StoreException.class).hasMessageContaining("for a test");
            assertThat(documents(opened(store.open("broken")).snapshot().orElseThrow())
                            .get("a"))
                    .startsWith("1 ");
        }
    }

    @Test
    @DisplayName("A full disk fails the commits that need room, applies none of them in part, and heals")
    void full() {
        try (SqliteRoomStore store = open(path)) {
            Ownership owner = storeRoom(store, "growing");
            String pages = get(store.writer().submit((rooms, connection) -> query(connection, "PRAGMA page_count")));
            limitPages(store, pages);
            var tooMuch = change(
                    2, List.of(record("c", 2), record("large", 2, "y".repeat(1_000_000))), Map.of("a", 2L), Set.of());

            assertThat(failureOf(store.commit("growing", owner, tooMuch)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContainingAll(path.toString(), "is full");
            assertThat(get(store.commit("growing", owner, change(3)))).isEqualTo(new CommitResult.Conflict(1));

            limitPages(store, "100000");
            assertThat(get(store.commit("growing", owner, tooMuch))).isEqualTo(new CommitResult.Committed());
            assertThat(documents(opened(store.open("growing")).snapshot().orElseThrow()))
                    .containsOnlyKeys("b", "c", "large");
        }
    }

    private static void limitPages(SqliteRoomStore store, String pages) {
        get(store.writer().submit((rooms, connection) -> query(connection, "PRAGMA max_page_count = " + pages)));
    }
}
