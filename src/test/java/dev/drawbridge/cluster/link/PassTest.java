package dev.drawbridge.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.room.Rights;
import dev.drawbridge.room.Visitor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A pass")
class PassTest {
    static Stream<Pass> passes() {
        return Stream.of(
                new Pass(1, "room", Visitor.unknown("session", false)),
                new Pass(Integer.MAX_VALUE, "", new Visitor("", Rights.VIEWER, "", "", Long.MAX_VALUE)),
                new Pass(1, "a/b c\u0000\n\"", new Visitor("𝄞\uFFFF", Rights.EDITOR, "ü@x", null, 0)),
                new Pass(1, "room".repeat(10_000), new Visitor("s", Rights.VIEWER, null, "the name", Long.MIN_VALUE)),
                new Pass(1, "room", new Visitor("s", Rights.VIEWER, null, "", -1)));
    }

    @ParameterizedTest
    @MethodSource("passes")
    @DisplayName("says the same to the node that it is shown to")
    void thereAndBack(Pass pass) throws MalformedFrameException {
        assertThat(Pass.decode(pass.encode())).isEqualTo(pass);
    }

    @ParameterizedTest
    @MethodSource("passes")
    @DisplayName("that is cut off is none")
    void prefixes(Pass pass) {
        byte[] whole = pass.encode();
        for (int length = 0; length < Math.min(whole.length, 200); length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Pass.decode(part)).isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    @DisplayName("is another one for every difference in what it says")
    void differs() {
        assertThat(Stream.concat(
                                passes(),
                                Stream.of(
                                        new Pass(2, "room", Visitor.unknown("session", false)),
                                        new Pass(1, "room", Visitor.unknown("session", true)),
                                        new Pass(
                                                1,
                                                "room",
                                                new Visitor("session", Rights.EDITOR, "", null, Long.MAX_VALUE)),
                                        new Pass(
                                                1,
                                                "room",
                                                new Visitor("session", Rights.EDITOR, null, "", Long.MAX_VALUE))))
                        .map(pass -> Arrays.toString(pass.encode())))
                .doesNotHaveDuplicates();
    }
}
