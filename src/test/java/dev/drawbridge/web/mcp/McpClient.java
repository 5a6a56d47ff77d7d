package dev.drawbridge.web.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An agent over bare HTTP, byte by byte as a test wants it. */
public final class McpClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final Optional<String> token;
    private Optional<String> session = Optional.empty();

    public McpClient(int port, Optional<String> token) {
        this.port = port;
        this.token = token;
    }

    /** What came back. */
    public record Answer(HttpResponse<String> response) {

        public Answer hasStatus(int status) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return this;
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public JsonObject json() {
            assertThat(header("Content-Type")).isEqualTo("application/json");
            return (JsonObject) parsed(response.body());
        }

        public JsonObject result() {
            return (JsonObject) Objects.requireNonNull(hasStatus(200).json().get("result"), response.body());
        }

        /** The error that it must be, and which tells nothing of our inside. */
        public String error(int status, int code) {
            hasStatus(status);
            assertThat(response.body())
                    .doesNotContain("dev.drawbridge", "modelcontextprotocol", "springframework", "java.", "Exception");
            JsonObject error = (JsonObject) Objects.requireNonNull(json().get("error"), response.body());
            assertThat(error.get("code")).as(response.body()).isEqualTo(JsonNumber.of(code));
            return Objects.requireNonNull(error.string("message"));
        }

        private String text(boolean isError) {
            JsonObject result = result();
            assertThat(result.get("isError")).as(response.body()).isEqualTo(JsonBoolean.of(isError));
            assertThat(response.body()).doesNotContain("dev.drawbridge", "modelcontextprotocol", "java.", "Exception");
            JsonArray content = (JsonArray) Objects.requireNonNull(result.get("content"));
            assertThat(content.items()).hasSize(1);
            return Objects.requireNonNull(((JsonObject) content.items().getFirst()).string("text"));
        }

        /** What a tool has said that did what it was to do. */
        public String said() {
            return text(false);
        }

        /** What a tool has said that did not. */
        public String failed() {
            return text(true);
        }
    }

    static JsonValue parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** Begins a session. */
    public McpClient initialize(String name) {
        Answer answer = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                + "\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":"
                + Json.write(JsonString.of(name)) + ",\"version\":\"1\"}}}");
        answer.hasStatus(200);
        session = Optional.of(answer.header("Mcp-Session-Id"));
        post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").hasStatus(202);
        return this;
    }

    public String session() {
        return session.orElseThrow();
    }

    public Answer call(String tool, String arguments) {
        return post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":" + arguments + "}}");
    }

    public Answer post(String body) {
        return send(request().POST(BodyPublishers.ofString(body)));
    }

    /** One with all headers that belong to a message. */
    public HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/mcp"))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream");
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        session.ifPresent(id -> request.header("Mcp-Session-Id", id));
        return request;
    }

    public Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static List<JsonObject> objects(JsonObject object, String member) {
        return object.get(member) instanceof JsonArray(List<JsonValue> items)
                ? items.stream().map(JsonObject.class::cast).toList()
                : List.of();
    }
}
