package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.sqlite.SqliteFixture.execute;
import static dev.drawbridge.store.sqlite.SqliteFixture.query;
import static dev.drawbridge.store.sqlite.SqliteFixture.withRooms;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.sqlite.Layout;
import dev.drawbridge.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLayoutTest {
    @TempDir
    private Path folder;

    private static Layout currentAnd(String... statements) {
        List<Layout.Step> steps = new ArrayList<>(SqliteLayout.CURRENT.steps());
        steps.add(new Layout.Step(statements));
        return new Layout(SqliteLayout.CURRENT.applicationId(), steps);
    }

    @Test
    @DisplayName("A file of an older layout is brought forward, and keeps its rooms")
    void forward() {
        Path path = withRooms(folder.resolve("rooms.db"), "room");
        Layout next = currentAnd("ALTER TABLE room ADD COLUMN title TEXT", "UPDATE room SET title = 'of ' || id");

        SqliteFile.open(path, next).close();

        assertThat(query(path, "PRAGMA user_version"))
                .isEqualTo(Integer.toString(next.steps().size()));
        assertThat(query(path, "SELECT title FROM room")).isEqualTo("of room");
        SqliteFile.open(path, next).close();
    }

    @Test
    @DisplayName("Step 2 counts what rooms of the first layout hold, in bytes of UTF-8")
    void sizes() throws SQLException {
        Path path = folder.resolve("rooms.db");
        new Layout(
                        SqliteLayout.CURRENT.applicationId(),
                        SqliteLayout.CURRENT.steps().subList(0, 1))
                .begin(path);
        execute(
                path,
                "INSERT INTO room VALUES (1, 'room', 1, NULL, 3, 0, NULL, 1, 0, 0)",
                "INSERT INTO room VALUES (2, 'empty', 1, NULL, 3, 0, NULL, 1, 0, 0)",
                "INSERT INTO document VALUES (1, 'a', '{\"a\":\"ü\"}', 1)",
                "INSERT INTO document VALUES (1, 'b', '{}', 2)");

        SqliteFile.open(path, SqliteLayout.CURRENT).close();

        assertThat(query(path, "SELECT records || ' ' || bytes FROM room WHERE id = 'room'"))
                .isEqualTo("2 12");
        assertThat(query(path, "SELECT records || ' ' || bytes FROM room WHERE id = 'empty'"))
                .isEqualTo("0 0");
    }

    @Test
    @DisplayName("A step that fails leaves the file as it was")
    void failing() {
        Path path = withRooms(folder.resolve("rooms.db"), "room");
        String before = query(path, "PRAGMA user_version");

        assertThatThrownBy(() ->
                        SqliteFile.open(path, currentAnd("ALTER TABLE room ADD COLUMN title TEXT", "no SQL at all")))
                .isInstanceOf(StoreException.class);

        assertThat(query(path, "PRAGMA user_version")).isEqualTo(before);
        assertThat(query(path, "SELECT count(*) FROM pragma_table_info('room') WHERE name = 'title'"))
                .isEqualTo("0");
        withRooms(path, "another");
    }

    @Test
    @DisplayName("A file of a newer layout is refused, with both versions named, and left as it is")
    void newer() {
        Path path = folder.resolve("rooms.db");
        Layout next = currentAnd("ALTER TABLE room ADD COLUMN title TEXT");
        SqliteFile.open(path, next).close();

        assertThatThrownBy(() -> SqliteFixture.open(path))
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll(
                        path.toString(),
                        "newer version of Drawbridge",
                        "layout " + next.steps().size(),
                        "up to " + (next.steps().size() - 1));
        SqliteFile.open(path, next).close();
    }
}
