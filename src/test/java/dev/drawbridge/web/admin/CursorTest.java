package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A cursor")
class CursorTest {

    @ParameterizedTest(name = "brings back {0}")
    @ValueSource(strings = {"a", "team-retro", "shape:x/y?z", "räume💡"})
    void roundTrip(String id) {
        assertThat(Cursor.after(id)).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.read(Cursor.after(id))).isEqualTo(id);
    }

    @ParameterizedTest(name = "is not [{0}]")
    @ValueSource(strings = {"", "!", "a", "YQ==", "YR", "_w", "YQ "})
    void invalid(String cursor) {
        assertThatThrownBy(() -> Cursor.read(cursor)).isInstanceOf(ProblemException.class);
    }
}
