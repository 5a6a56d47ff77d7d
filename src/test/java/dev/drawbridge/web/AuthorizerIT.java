package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.schema.authorizer.types=user",
            "drawbridge.schema.authorizer.token=secret",
            "drawbridge.schema.authorizer.timeout=2s"
        })
@DisplayName("[§21.23] A server whose users are decided about by a service")
class AuthorizerIT {
    @TempDir
    static Path folder;

    private static final HttpServer SERVICE = service();
    private static volatile CountDownLatch hangs = new CountDownLatch(0);

    @LocalServerPort
    int port;

    private final String room = "r-" + UUID.randomUUID();

    /** Lets each make a user, who gets the session's name, and lets nobody change one. */
    private static HttpServer service() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/decide", exchange -> {
                byte[] answer = answer(exchange.getRequestBody().readAllBytes());
                boolean knows =
                        "Bearer secret".equals(exchange.getRequestHeaders().getFirst("Authorization"));
                try {
                    hangs.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                exchange.sendResponseHeaders(knows ? 200 : 401, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] answer(byte[] body) throws IOException {
        try {
            JsonObject question = (JsonObject) Json.parse(body);
            List<JsonValue> verdicts = new ArrayList<>();
            for (JsonValue each : ((JsonArray) Objects.requireNonNull(question.get("writes"))).items()) {
                JsonObject write = (JsonObject) each;
                verdicts.add(
                        "create".equals(write.string("kind"))
                                ? Json.parse("{\"allow\":true,\"record\":"
                                        + ((JsonObject) Objects.requireNonNull(write.get("after")))
                                                .with(
                                                        "name",
                                                        new JsonString(
                                                                Objects.requireNonNull(question.string("session"))))
                                        + "}")
                                : Json.parse("{\"allow\":false}"));
            }
            return new JsonArray(verdicts).toString().getBytes(StandardCharsets.UTF_8);
        } catch (JsonException e) {
            throw new IOException(e);
        }
    }

    @AfterAll
    static void stop() {
        SERVICE.stop(0);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
        properties.add(
                "drawbridge.schema.authorizer.url",
                () -> "http://127.0.0.1:" + SERVICE.getAddress().getPort() + "/decide");
    }

    private static String user(String id) {
        return """
                "user:%s":["put",{"id":"user:%s","typeName":"user","name":"?","color":"red","imageUrl":"","meta":{}}]\
                """.formatted(id, id);
    }

    private static void send(TestSocket socket, int clock, String diff) {
        socket.send("{\"type\":\"push\",\"clientClock\":" + clock + ",\"diff\":{" + diff + "}}");
    }

    private static String result(TestSocket socket, int clock) {
        return socket.await(message -> message.toString().contains("\"clientClock\":" + clock + ","))
                .toString();
    }

    @Test
    @DisplayName("has it stamp and refuse, and others hear of what was allowed")
    void decides() {
        try (TestSocket ann = TestSocket.join(port, room, "ann");
                TestSocket bob = TestSocket.join(port, room, "bob")) {
            send(ann, 1, user("a"));
            assertThat(result(ann, 1)).contains("rebaseWithDiff", "\"ann\"");
            bob.await(message -> message.toString().contains("\"ann\""));
            send(
                    bob,
                    1,
                    "\"user:a\":[\"patch\",{\"color\":[\"put\",\"blue\"]}],\"page:page\":[\"patch\",{\"name\":[\"put\",\"Bob's\"]}]");
            assertThat(result(bob, 1)).contains("rebaseWithDiff", "Bob's").doesNotContain("blue");
        }
    }

    @Test
    @DisplayName("goes on for all others while it hangs, answers pings of who waits, and refuses in the end")
    void hangs() {
        hangs = new CountDownLatch(1);
        try (TestSocket ann = TestSocket.join(port, room, "ann");
                TestSocket bob = TestSocket.join(port, room, "bob")) {
            send(ann, 1, user("a"));
            send(ann, 2, "\"page:page\":[\"patch\",{\"name\":[\"put\",\"Ann's\"]}]");
            ann.assertAlive();
            assertThat(bob.push(1, "page:bob", "Bob")).contains("commit");
            assertThat(ann.messages()).noneMatch(message -> message.toString().contains("push_result"));
            assertThat(result(ann, 1)).contains("discard");
            assertThat(result(ann, 2)).contains("commit");
        } finally {
            hangs.countDown();
        }
    }
}
