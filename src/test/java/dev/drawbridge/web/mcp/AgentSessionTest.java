package dev.drawbridge.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The session of an agent")
class AgentSessionTest {

    @ParameterizedTest
    @ValueSource(strings = {"Claude", "Ünï 🦜 ok", "x", "Agent"})
    @DisplayName("comes back from its id, which can stand in a header")
    void back(String client) {
        AgentSession begun = AgentSession.begin(client);
        assertThat(begun.client()).isEqualTo(client);
        assertThat(begun.id()).matches("[\\x21-\\x7e]{1,300}");
        assertThat(AgentSession.of(begun.id())).contains(begun);
    }

    @Test
    @DisplayName("is told from others, of the same program too")
    void others() {
        assertThat(AgentSession.begin("a").key())
                .hasSize(22)
                .isNotEqualTo(AgentSession.begin("a").key());
        assertThat(AgentSession.without("x"))
                .isEqualTo(AgentSession.without("x"))
                .isNotEqualTo(AgentSession.without("y"));
        assertThat(AgentSession.without("x").key()).hasSize(22);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'  a \u0000\n\u202e b  '|a b",
                "''|Agent",
                "'\u0007'|Agent",
                "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeee|aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd"
            })
    @DisplayName("has a name that is fit for a cursor and for a line of the log")
    void names(String said, String name) {
        assertThat(AgentSession.begin(said).client()).isEqualTo(name);
    }

    @Test
    @DisplayName("has a name of bounded size, whatever it is made of")
    void bounded() {
        String parrots = "🦜".repeat(100_000);
        assertThat(AgentSession.begin(parrots).client()).isEqualTo("🦜".repeat(40));
        assertThat(AgentSession.of(AgentSession.begin(parrots).id())).isPresent();
        assertThat(AgentSession.begin("\ud83e".repeat(50)).client()).isEqualTo("Agent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "AAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAA.",
                "AAAAAAAAAAAAAAAAAAAAA.QQ",
                "AAAAAAAAAAAAAAAAAAAAAA.Q Q",
                "AAAAAAAAAAAAAAAAAAAAAA.Q",
                "AAAAAAAAAAAAAAAAAAAAAA._w"
            })
    @DisplayName("is none that was not given")
    void none(String id) {
        assertThat(AgentSession.of(id)).isEmpty();
    }
}
