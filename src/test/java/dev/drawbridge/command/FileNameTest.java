package dev.drawbridge.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.RoomId;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The names of rooms' files")
class FileNameTest {

    @ParameterizedTest
    @CsvSource({
        "team-retro, team-retro",
        "Team.1~x_y, Team.1~x_y",
        "., %2e",
        ".., %2e.",
        ".hidden, %2ehidden",
        "con, %63on",
        "NUL.txt, %4eUL.txt",
        "console, console"
    })
    @DisplayName("are the rooms' ids, escaped where a file system would take them otherwise")
    void names(String id, String name) {
        assertThat(FileName.of(id)).isEqualTo(name);
        assertThat(FileName.room(name + ".tldr")).isEqualTo(id);
    }

    @Test
    @DisplayName("lead back to the room, also those without capitals")
    void back() {
        String letters = "abcXYZ019-_.~";
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder id = new StringBuilder();
            for (int length = 1 + random.nextInt(8); length > 0; length--) {
                id.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(RoomId.of(id.toString())).isPresent();
            assertThat(FileName.room(FileName.of(id.toString()) + ".json")).isEqualTo(id.toString());
            String small = FileName.withoutCapitals(id.toString());
            assertThat(small).isLowerCase();
            assertThat(FileName.room(small + ".TLDR")).isEqualTo(id.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "My%20board.tldr, My board",
        "a%2Fb.db, a/b",
        "100%.db, 100%",
        "x.sqlite3, x",
        "x.tar.gz, x.tar.gz",
        "noext, noext"
    })
    @DisplayName("of others are read in the same way, whatever they lead to")
    void foreign(String name, String room) {
        assertThat(FileName.room(name)).isEqualTo(room);
    }
}
