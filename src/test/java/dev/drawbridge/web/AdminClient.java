package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
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

/** Somebody who operates a running server over HTTP. */
final class AdminClient {
    static final String TOKEN = "test-token";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;

    AdminClient(int port) {
        this.port = port;
    }

    /** What came back. */
    record Answer(HttpResponse<String> response) {

        Answer hasStatus(int status) {
            assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
            return this;
        }

        /** The body, of an answer with this status. */
        JsonObject json(int status) {
            hasStatus(status);
            return (JsonObject) parsed(response.body());
        }

        /** The problem that an answer must be, and which tells nothing of our inside. */
        JsonObject problem(int status, String name) {
            JsonObject problem = json(status);
            assertThat(header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(problem.string("type")).isEqualTo("urn:drawbridge:problem:" + name);
            assertThat(problem.get("status")).hasToString(Integer.toString(status));
            assertThat(problem.string("title")).isNotBlank();
            assertThat(problem.string("detail")).isNotBlank();
            assertThat(response.body()).doesNotContain("dev.drawbridge", "springframework", "java.", "Exception");
            return problem;
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String body() {
            return response.body();
        }
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    Answer post(String path, String json) {
        return body("POST", path, json);
    }

    Answer put(String path, String json, String... headers) {
        return body("PUT", path, json, headers);
    }

    Answer patch(String path, String json) {
        return body("PATCH", path, json);
    }

    Answer body(String method, String path, String json, String... headers) {
        return send(request(path, headers)
                .setHeader("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json)));
    }

    HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/admin/v1" + path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + TOKEN);
        return headers.length == 0 ? request : request.headers(headers);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static JsonValue parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /** The objects in an array that is a member. */
    static List<JsonObject> objects(JsonObject object, String member) {
        assertThat(object.get(member)).isInstanceOf(JsonArray.class);
        return object.get(member) instanceof JsonArray(List<JsonValue> items)
                ? items.stream().map(JsonObject.class::cast).toList()
                : List.of();
    }
}
