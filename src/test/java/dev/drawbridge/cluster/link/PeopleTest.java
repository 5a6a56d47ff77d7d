package dev.drawbridge.cluster.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Who goes with a room that moves")
class PeopleTest {
    private static final JsonObject SCHEMA = TldrawSchema.create().serialize().json();
    private static final JsonObject PRESENCE = JsonObject.builder()
            .put("id", "instance_presence:p1")
            .put("userName", "\uD800 lonely, \"quoted\" and \u0000")
            .build();

    @Test
    @DisplayName("is the same where it arrives")
    void thereAndBack() throws MalformedFrameException {
        People people = new People(
                SCHEMA,
                List.of(
                        new Passenger(
                                Visitor.unknown("a", false),
                                Rights.EDITOR,
                                8,
                                Optional.empty(),
                                "instance_presence:p1",
                                Optional.of(PRESENCE)),
                        new Passenger(
                                new Visitor("𝄞\u0000", Rights.VIEWER, "", "", 0),
                                Rights.COMMENTER,
                                5,
                                Optional.of(SCHEMA),
                                "",
                                Optional.empty()),
                        new Passenger(
                                new Visitor("c", Rights.EDITOR, "id", null, 9_007_199_254_740_993L),
                                Rights.VIEWER,
                                7,
                                Optional.of(JsonObject.EMPTY),
                                "instance_presence:p3",
                                Optional.of(JsonObject.EMPTY))));
        assertThat(People.decode(people.encode())).isEqualTo(people);
    }

    @Test
    @DisplayName("may be nobody")
    void nobody() throws MalformedFrameException {
        People nobody = new People(SCHEMA, List.of());
        assertThat(People.decode(nobody.encode())).isEqualTo(nobody);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{}",
                "{\"schema\":{}}",
                "{\"schema\":1,\"passengers\":[]}",
                "{\"schema\":{},\"passengers\":{}}",
                "{\"schema\":{},\"passengers\":[1]}",
                "{\"schema\":{},\"passengers\":[{}]}",
                "{\"schema\":{},\"passengers\":[{\"sessionId\":1,\"expiresAt\":\"1\",\"presenceId\":\"p\"}]}",
                "{\"schema\":{},\"passengers\":[{\"sessionId\":\"s\",\"expiresAt\":\"1\",\"presenceId\":\"p\"}]}",
                "{\"schema\":{},\"passengers\":[{\"sessionId\":\"s\",\"expiresAt\":\"soon\",\"presenceId\":\"p\"}]}",
                "{\"schema\":{},\"passengers\":[{\"sessionId\":\"s\",\"expiresAt\":\"9223372036854775808\"}]}"
            })
    @DisplayName("is nobody known when it is told in any other way")
    void malformed(String text) {
        assertThatThrownBy(() -> People.decode(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    @DisplayName("cannot be told from a part of it")
    void prefixes() {
        byte[] whole = new People(
                        JsonObject.EMPTY,
                        List.of(new Passenger(
                                Visitor.unknown("a", false),
                                Rights.EDITOR,
                                8,
                                Optional.empty(),
                                "p",
                                Optional.of(PRESENCE))))
                .encode();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> People.decode(part)).isInstanceOf(MalformedFrameException.class);
        }
    }
}
