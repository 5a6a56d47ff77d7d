package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.http.MockHttpInputMessage;

@DisplayName("The bodies of requests")
class BodyReaderTest {
    private final BodyReader reader = new BodyReader(200);

    private Object read(Class<?> type, String body) throws IOException {
        MockHttpInputMessage input = new MockHttpInputMessage(body.getBytes(StandardCharsets.UTF_8));
        input.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return reader.read(type, input);
    }

    private void refused(ProblemType problem, String detail, Class<?> type, String body) {
        assertThatThrownBy(() -> read(type, body)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.type()).isEqualTo(problem);
            assertThat(refused.detail()).contains(detail);
        });
    }

    @Test
    @DisplayName("are read with JavaScript's meaning")
    void meaning() throws IOException {
        JsonObject record = (JsonObject) read(JsonObject.class, "{\"id\":\"x\",\"__proto__\":1,\"id\":\"y\"}");
        assertThat(record.string("id")).isEqualTo("y");
        assertThat(record.has("__proto__")).isTrue();
    }

    @Test
    @DisplayName("may leave out what is optional, and name nothing unknown")
    void members() throws IOException {
        assertThat(read(ChangeRecords.class, "{}"))
                .isInstanceOfSatisfying(ChangeRecords.class, change -> assertThat(change.ifClock())
                        .isEmpty());
        assertThat(read(CustomMessage.class, "{\"data\":null}")).isEqualTo(new CustomMessage(JsonNull.NULL));
        refused(ProblemType.INVALID_REQUEST, "data: is missing", CustomMessage.class, "{}");
        refused(
                ProblemType.INVALID_REQUEST,
                "put: unknown, expected deletes, ifClock, puts",
                ChangeRecords.class,
                "{\"put\":[]}");
        refused(ProblemType.INVALID_REQUEST, "puts[0]: expected an object", ChangeRecords.class, "{\"puts\":[1]}");
        refused(
                ProblemType.INVALID_REQUEST,
                "readonly: expected true or false",
                ChangeRights.class,
                "{\"readonly\":1}");
        refused(ProblemType.INVALID_REQUEST, "id: expected 1 to 200", CreateRoom.class, "{\"id\":\"\"}");
        refused(ProblemType.INVALID_REQUEST, "id: expected a string", DuplicateRoom.class, "{\"id\":null}");
        refused(ProblemType.INVALID_SNAPSHOT, "a snapshot must be an object", CreateRoom.class, "{\"snapshot\":1}");
    }

    @Test
    @DisplayName("are bounded, UTF-8, and JSON to the end")
    void strict() {
        refused(ProblemType.PAYLOAD_TOO_LARGE, "200 bytes", JsonObject.class, "{\"x\":\"" + "x".repeat(200) + "\"}");
        refused(ProblemType.INVALID_REQUEST, "more after the end", JsonObject.class, "{}{}");
        MockHttpInputMessage latin = new MockHttpInputMessage("{\"x\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1));
        latin.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        assertThatThrownBy(() -> reader.read(JsonObject.class, latin)).hasMessage("The body is not UTF-8");
        MockHttpInputMessage text = new MockHttpInputMessage("{}".getBytes(StandardCharsets.UTF_8));
        text.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        assertThatThrownBy(() -> reader.read(JsonObject.class, text)).hasMessageContaining("application/json");
    }
}
