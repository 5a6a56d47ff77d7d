package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A room pattern")
class RoomPatternTest {

    @ParameterizedTest(name = "{0} covers {1}: {2}")
    @CsvSource({
        "room, room, true",
        "room, rooms, false",
        "room, Room, false",
        "*, anything.at~all, true",
        "team-*, team-1, true",
        "team-*, team-, true",
        "team-*, steam-1, false",
        "*-draft, a-draft, true",
        "*-draft, a-drafts, false",
        "a*b*c, a-b-b-c, true",
        "a*b*c, a-c-b, false",
        "a**c, ac, true",
        "r.om, room, false",
        "'', room, false",
    })
    void covers(String pattern, String room, boolean covered) {
        assertThat(RoomPattern.matches(pattern, room)).isEqualTo(covered);
    }

    @Test
    @DisplayName("of many stars does not take for ever")
    void stars() {
        assertThat(RoomPattern.matches("*a".repeat(1000) + "b", "a".repeat(200)))
                .isFalse();
    }
}
