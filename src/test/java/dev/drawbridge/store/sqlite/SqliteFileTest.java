package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.sqlite.SqliteFixture.execute;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.query;
import static dev.drawbridge.store.sqlite.SqliteFixture.withRooms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about a file that cannot be used; and that it is left as it is. */
class SqliteFileTest {
    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void name() {
        path = folder.resolve("rooms.db");
    }

    private void assertThatOpeningFails(String... saying) {
        assertThatThrownBy(() -> open(path))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(path.toString())
                .hasMessageContainingAll(saying);
    }

    @Test
    @DisplayName("The writer has WAL and syncs every transaction")
    void pragmas() {
        try (SqliteRoomStore store = open(path)) {
            List<String> settings = get(store.writer()
                    .submit((rooms, connection) -> List.of(
                            query(connection, "PRAGMA journal_mode"), query(connection, "PRAGMA synchronous"))));

            assertThat(settings).isEqualTo(List.of("wal", "2")); // 2 is FULL
        }
    }

    @Test
    @DisplayName("A folder that is missing is made")
    void makesFolders() {
        path = folder.resolve("a/b/rooms.db");
        open(path).close();

        assertThat(path).exists();
    }

    @Test
    @DisplayName("A file that another store of this process has open is refused")
    void lockedHere() {
        try (RoomStore store = open(path)) {
            assertThat(store).isNotNull();
            assertThatOpeningFails("is in use by another process", "drawbridge.store.sqlite.path");
        }
        open(path).close();
    }

    @Test
    @DisplayName("A file that another process has open is refused, until that is killed")
    void lockedElsewhere() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileHolder.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = other.inputReader()) {
            assertThat(said.lines().anyMatch("open"::equals)).isTrue();

            assertThatOpeningFails("is in use by another process");
        } finally {
            other.destroyForcibly();
        }
        assertThat(other.waitFor(10, TimeUnit.SECONDS)).isTrue();
        open(path).close();
    }

    @Test
    @DisplayName("A file that some tool has locked is named as locked")
    void lockedByTool() throws SQLException {
        withRooms(path, "room");
        try (Connection tool = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = tool.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            assertThatOpeningFails("is locked by another process");
        }
    }

    @Test
    @DisplayName("A folder that cannot be made is named")
    void noFolder() throws IOException {
        path = Files.writeString(folder.resolve("file"), "").resolve("rooms.db");

        assertThatOpeningFails("cannot be written", "drawbridge.store.sqlite.path");
    }

    @Test
    @DisplayName("A file that is read-only is named so")
    void readOnly() throws IOException {
        withRooms(path, "room");
        assertThat(path.toFile().setReadOnly()).isTrue();
        assumeThat(Files.isWritable(path))
                .as("NOT TESTED: to this user (root?) no file is read-only")
                .isFalse();

        assertThatOpeningFails("cannot be written");
    }

    @Test
    @DisplayName("SQLite's word for read-only is understood")
    void readOnlyError() throws SQLException {
        withRooms(path, "room");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");

            assertThatThrownBy(() -> statement.execute("DELETE FROM room"))
                    .isInstanceOfSatisfying(SQLException.class, e -> assertThat(SqliteFault.explain(path, e))
                            .hasMessageContaining("cannot be written"));
        }
    }

    @Test
    @DisplayName("A file that is no database is refused, and left as it is")
    void noDatabase() throws IOException {
        Files.writeString(path, "These are not the rooms you are looking for. ".repeat(100));
        byte[] before = Files.readAllBytes(path);

        assertThatOpeningFails("is damaged");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    @DisplayName("A file that was cut off is refused, and left as it is")
    void truncated() throws IOException {
        withRooms(path, "room-1", "room-2");
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        byte[] before = Files.readAllBytes(path);

        assertThatOpeningFails("is damaged", "backup");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }

    @Test
    @DisplayName("A file that was cut off to nothing is refused: it is no new store")
    void emptied() throws IOException {
        withRooms(path, "room");
        Files.write(path, new byte[0]);

        assertThatOpeningFails("is damaged", "is empty now");
        assertThat(path).isEmptyFile();
    }

    @Test
    @DisplayName("An empty file that was never in use is a new store")
    void emptyFile() throws IOException {
        Files.write(path, new byte[0]);

        withRooms(path, "room");
        assertThat(query(path, "SELECT count(*) FROM room")).isEqualTo("1");
    }

    @Test
    @DisplayName("The database of another program is refused, and left as it is")
    void foreign() throws IOException {
        execute(path, "CREATE TABLE song (title TEXT)");
        byte[] before = Files.readAllBytes(path);

        assertThatOpeningFails("is a database of another program");
        assertThat(Files.readAllBytes(path)).isEqualTo(before);
    }
}
