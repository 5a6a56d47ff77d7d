package dev.drawbridge.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.MalformedSnapshotException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The databases of the reference")
class ReferenceDatabaseTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"board", "older", "prefixed"})
    @DisplayName("[§17] are read as the reference itself reads them")
    void real(String name) throws Exception {
        RoomSnapshot read = read(copy(name));

        JsonObject told = (JsonObject) Json.parse(resource(name + ".json"));
        assertThat((double) read.documentClock()).isEqualTo(number(told.get("documentClock")));
        assertThat((double) read.tombstoneHistoryStartsAtClock())
                .isEqualTo(number(told.get("tombstoneHistoryStartsAtClock")));
        assertThat(read.schema().json()).isEqualTo(told.get("schema"));
        JsonObject tombstones = (JsonObject) Objects.requireNonNull(told.get("tombstones"));
        assertThat(read.tombstones().keySet()).isEqualTo(tombstones.keys());
        read.tombstones().forEach((id, clock) -> assertThat((double) clock).isEqualTo(number(tombstones.get(id))));

        Map<JsonValue, Double> expected = new HashMap<>();
        for (String lane : new String[] {"documents", "objects"}) {
            for (JsonValue item : ((JsonArray) Objects.requireNonNull(told.get(lane))).items()) {
                JsonObject document = (JsonObject) item;
                expected.put(Objects.requireNonNull(document.get("state")), number(document.get("lastChangedClock")));
            }
        }
        Map<JsonValue, Double> found = new HashMap<>();
        for (StoredRecord record : read.documents()) {
            found.put(record.unpack(), (double) record.lastChangedClock());
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    @DisplayName("are read with what stands beside them in a write-ahead log, while the reference has them open")
    void open() throws Exception {
        Path file = copy("board");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = writer.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("UPDATE metadata SET documentClock = 9");

            assertThat(read(file).documentClock()).isEqualTo(9);
        }
    }

    @Test
    @DisplayName("stay byte for byte as they were")
    void untouched() throws Exception {
        Path file = copy("board");
        read(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(resource("board.db"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "DROP TABLE documents | not one of tldraw's: expected the tables documents, tombstones and metadata",
                "DROP TABLE metadata | not one of tldraw's",
                "ALTER TABLE documents RENAME TO d; CREATE VIEW documents AS SELECT * FROM d | not one of tldraw's",
                "ALTER TABLE documents RENAME COLUMN state TO content | cannot be read (",
                "DELETE FROM metadata | metadata: there is no row",
                "INSERT INTO metadata SELECT * FROM metadata | metadata: there is more than one row",
                "UPDATE metadata SET migrationVersion = 4 | a newer tldraw has written this database",
                "UPDATE metadata SET schema = '' | metadata.schema: there is none: no room has been stored here yet",
                "UPDATE metadata SET schema = '{' | metadata.schema:",
                "UPDATE metadata SET schema = '7' | metadata.schema: expected an object",
                "UPDATE metadata SET documentClock = -1 | metadata.documentClock: expected a clock",
                "UPDATE metadata SET documentClock = 'x' | metadata.documentClock: expected a clock",
                "UPDATE metadata SET documentClock = 1.5 | metadata.documentClock: expected a clock",
                "UPDATE metadata SET documentClock = 9e18 | metadata.documentClock: expected a clock",
                "UPDATE documents SET state = 'not json' WHERE id = 'shape:a' | documents[\"shape:a\"].state:",
                "UPDATE documents SET state = substr(state, 1, 40) WHERE id = 'shape:a' | documents[\"shape:a\"].state:",
                "UPDATE documents SET state = '[]' WHERE id = 'shape:a' | documents[\"shape:a\"].state: expected an object",
                "UPDATE documents SET state = '{}' WHERE id = 'shape:a' | documents[\"shape:a\"].state.id: expected the id of its row, got nothing",
                "UPDATE documents SET id = 'shape:z' WHERE id = 'shape:a' | documents[\"shape:z\"].state.id: expected the id of its row",
                "UPDATE documents SET state = x'ff' WHERE id = 'shape:a' | documents[\"shape:a\"].state:",
                "UPDATE documents SET lastChangedClock = 'soon' WHERE id = 'shape:a' | documents[\"shape:a\"].lastChangedClock: expected a clock",
                "UPDATE tombstones SET clock = -3 | tombstones[\"shape:gone\"].clock: expected a clock",
                "INSERT INTO objects SELECT * FROM documents WHERE id = 'shape:a' | objects[\"shape:a\"]: this record is there twice",
                "CREATE TABLE x_metadata (a); CREATE TABLE x_documents (a); CREATE TABLE x_tombstones (a) | holds several rooms",
            })
    @DisplayName("that are not as they should be are not read in part, and it is said where")
    void wrong(String change, String why) throws Exception {
        Path file = copy("board");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = writer.createStatement()) {
            for (String each : change.split(";", -1)) {
                statement.execute(each);
            }
        }
        assertThatExceptionOfType(MalformedSnapshotException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 100, 4_096, 20_000, 40_959})
    @DisplayName("that are cut off are damaged")
    void truncated(int length) throws Exception {
        Path file = folder.resolve("board.db");
        Files.write(file, Arrays.copyOf(resource("board.db"), length));

        assertThatExceptionOfType(MalformedSnapshotException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining("database");
    }

    @Test
    @DisplayName("whose pages are scribbled over are damaged, wherever that is, or as good as before")
    void scribbled() throws Exception {
        byte[] good = resource("board.db");
        RoomSnapshot whole = read(copy("board"));
        for (int page = 0; page < good.length; page += 4_096) {
            byte[] bad = good.clone();
            Arrays.fill(bad, page + 108, page + 700, (byte) 0x5a);
            Path file = folder.resolve("bad-" + page + ".db");
            Files.write(file, bad);
            try {
                RoomSnapshot read = read(file);
                assertThat(read.documents()).hasSameSizeAs(whole.documents());
                assertThat(read.documentClock()).isEqualTo(whole.documentClock());
                assertThat(read.tombstones()).isEqualTo(whole.tombstones());
            } catch (MalformedSnapshotException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    @DisplayName("that somebody is writing are not waited for without end")
    void locked() throws Exception {
        Path file = copy("board");
        try (Connection writer = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = writer.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
            assertThatExceptionOfType(MalformedSnapshotException.class)
                    .isThrownBy(() -> read(file))
                    .withMessageContaining("is locked: stop the program that has it open");
        }
    }

    private RoomSnapshot read(Path file) throws MalformedSnapshotException {
        return ReferenceDatabase.read(file, JsonStream.Meter.NONE);
    }

    private Path copy(String name) throws Exception {
        Path file = folder.resolve(name + ".db");
        Files.write(file, resource(name + ".db"));
        return file;
    }

    private static byte[] resource(String name) throws Exception {
        try (InputStream in = ReferenceDatabaseTest.class.getResourceAsStream("/moving/" + name)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static double number(@Nullable JsonValue value) {
        return ((JsonNumber) Objects.requireNonNull(value)).value();
    }
}
