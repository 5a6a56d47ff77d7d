package dev.drawbridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§7] [§21.20] why somebody is sent away, in the host's own words")
class HostReasonTest {

    @Test
    @DisplayName("the name of a reason that clients know is that reason")
    void known() {
        assertThat(HostReason.of("ROOM_FULL")).isEqualTo(RefusalReason.ROOM_FULL);
    }

    @Test
    @DisplayName("any other text is sent as it is, and counts as FORBIDDEN")
    void own() {
        CloseReason reason = HostReason.of("Für heute ist Schluß");

        assertThat(reason.text()).isEqualTo("Für heute ist Schluß");
        assertThat(reason.kind()).isEqualTo(RefusalReason.FORBIDDEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "💡"})
    @DisplayName("what does not fit into a close frame is cut off between characters")
    void tooLong(String character) {
        String cut = HostReason.of(character.repeat(124)).text();

        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(120, 123);
        assertThat(cut).matches("(" + character + ")+…");
    }

    @Test
    @DisplayName("123 bytes fit, and 124 do not")
    void bounds() {
        assertThat(HostReason.of("x".repeat(123)).text()).isEqualTo("x".repeat(123));
        assertThat(HostReason.fits("ä".repeat(61) + "x")).isTrue();
        assertThat(HostReason.fits("ä".repeat(62))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new HostReason("x".repeat(124)));
    }

    @Test
    @DisplayName("a line break of a stranger's does not get into the log")
    void log() {
        assertThat(HostReason.of("a\nb").toString()).doesNotContain("\n");
    }
}
