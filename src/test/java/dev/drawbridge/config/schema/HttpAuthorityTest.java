package dev.drawbridge.config.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.config.AuthorizerProperties;
import dev.drawbridge.config.SettingException;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordWrite;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.WriteVerdict;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
@DisplayName("The authorizer of a team's own, over HTTP")
class HttpAuthorityTest {
    private static final Author AUTHOR =
            new Author("session\n1", Optional.of("u1"), Optional.empty(), Rights.COMMENTER);
    private static final JsonObject VOTE =
            JsonObject.builder().put("id", "vote:1").put("typeName", "vote").build();
    private static final JsonObject LATER = JsonObject.builder()
            .put("id", "vote:1")
            .put("typeName", "vote")
            .put("by", "u1")
            .build();
    private static final List<RecordWrite> WRITES =
            List.of(new RecordWrite.Create(VOTE), new RecordWrite.Update(VOTE, LATER), new RecordWrite.Delete(LATER));

    private final List<HostObserver.AuthorizerOutcome> outcomes = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile Answering answering = exchange -> answer(exchange, 200, "[]");
    private volatile String asked = "";
    private volatile @Nullable String authorization;

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answering.answer(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/decide?key=hidden");
    }

    private HttpAuthority authority(URI url, Duration timeout, int concurrent, int waiting) {
        return new HttpAuthority(
                new AuthorizerProperties(url, Set.of("vote"), "token", null, timeout, concurrent, waiting),
                new HostObserver() {
                    @Override
                    public void authorized(AuthorizerOutcome outcome, long nanos) {
                        outcomes.add(outcome);
                    }
                });
    }

    private HttpAuthority authority() {
        return authority(url(), Duration.ofSeconds(10), 64, 10);
    }

    private static List<WriteVerdict> get(CompletionStage<List<WriteVerdict>> answer) throws Exception {
        return answer.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private void fails(HttpAuthority authority) {
        assertThatThrownBy(() -> get(authority.decide("room", AUTHOR, WRITES)));
    }

    @Test
    @DisplayName("is told the room, who it is, and each write, and answers each")
    void asked() throws Exception {
        answering = exchange -> answer(
                exchange,
                200,
                "[{\"allow\":true,\"record\":" + LATER + "},{\"allow\":false},{\"allow\":true,\"record\":null}]");
        try (HttpAuthority authority = authority()) {
            assertThat(get(authority.decide("room", AUTHOR, WRITES)))
                    .containsExactly(WriteVerdict.allowedAs(LATER), WriteVerdict.REFUSED, WriteVerdict.ALLOWED);
        }
        assertThat(authorization).isEqualTo("Bearer token");
        assertThat(Json.parse(asked)).isEqualTo(Json.parse("""
                {"room":"room","session":"session\\n1","user":{"id":"u1","name":null},
                 "permission":"comment","readonly":true,"objectAccess":"write",
                 "writes":[
                  {"kind":"create","before":null,"after":{"id":"vote:1","typeName":"vote"}},
                  {"kind":"update","before":{"id":"vote:1","typeName":"vote"},
                   "after":{"id":"vote:1","typeName":"vote","by":"u1"}},
                  {"kind":"delete","before":{"id":"vote:1","typeName":"vote","by":"u1"},"after":null}]}"""));
        assertThat(outcomes).containsExactly(HostObserver.AuthorizerOutcome.ANSWERED);
    }

    @Test
    @DisplayName("is told of somebody anonymous who may edit, but not comment")
    void anonymous() throws Exception {
        answering = exchange -> answer(exchange, 200, "[{\"allow\":true}]");
        try (HttpAuthority authority = authority()) {
            Author author = new Author("s", Optional.empty(), Optional.empty(), new Rights(false, ObjectAccess.READ));
            get(authority.decide("room", author, WRITES.subList(0, 1)));
        }
        assertThat(asked)
                .contains("\"user\":null,\"permission\":\"edit\",\"readonly\":false,\"objectAccess\":\"read\"");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            200 | []                                                | it was asked about 3 writes, and its answer has 0 items
            200 | {}                                                | its answer is no array
            200 | [{"allow":true},{"allow":true},{}]                | "allow"
            200 | [{"allow":true},{"allow":true},{"allow":"true"}]  | "allow"
            200 | [{"allow":true,"record":5},{"allow":true},{"allow":true}] | "record"
            200 | allowed                                           | not JSON
            500 | []                                                | it has answered 500
            302 | []                                                | it has answered 302
            401 | []                                                | it has answered 401
            """)
    @DisplayName("that says nothing fails, and the log says where and why, without what may be secret")
    void unusable(int status, String body, String why, CapturedOutput output) {
        answering = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, status, body);
        };
        try (HttpAuthority authority = authority()) {
            fails(authority);
            fails(authority);
        }
        assertThat(outcomes)
                .containsExactly(HostObserver.AuthorizerOutcome.UNUSABLE, HostObserver.AuthorizerOutcome.UNUSABLE);
        assertThat(output.getAll())
                .containsOnlyOnce("writes are refused")
                .contains("room room, session session")
                .contains(why)
                .doesNotContain("hidden")
                .doesNotContain("session\n1");
    }

    @Test
    @DisplayName("that has answered meanwhile is told of in the log again when it fails")
    void failsAgain(CapturedOutput output) throws Exception {
        try (HttpAuthority authority = authority()) {
            fails(authority);
            answering = exchange -> answer(exchange, 200, "[{\"allow\":true},{\"allow\":true},{\"allow\":true}]");
            get(authority.decide("room", AUTHOR, WRITES));
            answering = exchange -> answer(exchange, 500, "");
            fails(authority);
        }
        assertThat(output.getAll().split("writes are refused", -1)).hasSize(3);
    }

    @Test
    @DisplayName("that hangs, or lets its answer trickle in, has its time, and no longer")
    void hangs() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        answering = exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('[');
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
        try (HttpAuthority authority = authority(url(), Duration.ofMillis(200), 64, 10)) {
            fails(authority);
        } finally {
            end.countDown();
        }
        assertThat(outcomes).containsExactly(HostObserver.AuthorizerOutcome.TIMED_OUT);
    }

    @Test
    @DisplayName("that is not there, or answers without end, fails")
    void unreachable() {
        answering = exchange -> answer(exchange, 200, "[" + " ".repeat(1 << 20) + "]");
        try (HttpAuthority authority = authority()) {
            fails(authority);
        }
        server.stop(0);
        try (HttpAuthority authority = authority()) {
            fails(authority);
        }
        assertThat(outcomes)
                .containsExactly(
                        HostObserver.AuthorizerOutcome.UNREACHABLE, HostObserver.AuthorizerOutcome.UNREACHABLE);
    }

    @Test
    @DisplayName("is asked so many questions at once, so many more wait, and those beyond fail at once")
    void bounded() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        answering = exchange -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange, 200, "[{\"allow\":true},{\"allow\":true},{\"allow\":true}]");
        };
        try (HttpAuthority authority = authority(url(), Duration.ofSeconds(20), 1, 1)) {
            List<CompletionStage<List<WriteVerdict>>> questions = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                questions.add(authority.decide("room", AUTHOR, WRITES));
            }
            assertThat(questions.get(2).toCompletableFuture()).isCompletedExceptionally();
            assertThat(outcomes).containsExactly(HostObserver.AuthorizerOutcome.BUSY);
            end.countDown();
            assertThat(get(questions.get(0))).hasSize(3);
            assertThat(get(questions.get(1))).hasSize(3);
        }
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                 | page     | drawbridge.schema.authorizer.url is not set
            http://localhost/ | -        | drawbridge.schema.authorizer.types is not set
            http://localhost/ | pages    | names what there is not: "pages"
            http://localhost/ | instance_presence | names what there is not
            """)
    @DisplayName("and its types are set together, and there are such types")
    void types(@Nullable URI url, @Nullable String type, String why) {
        AuthorizerProperties properties = new AuthorizerProperties(
                url, type == null ? Set.of() : Set.of(type), null, null, Duration.ofSeconds(1), 1, 1);
        assertThatThrownBy(() -> new SchemaConfiguration()
                        .recordAuthority(properties, new CurrentSchema(TldrawSchema.create()), HostObserver.NONE))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining(why);
    }

    @Test
    @DisplayName("needs an address on the web, and one token")
    void settings(@TempDir Path folder) throws Exception {
        assertThatThrownBy(() -> authority(URI.create("ftp://x/y"), Duration.ofSeconds(1), 1, 1))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("drawbridge.schema.authorizer.url");
        Path file = Files.writeString(folder.resolve("token"), " token\n");
        assertThatThrownBy(() -> new HttpAuthority(
                        new AuthorizerProperties(url(), Set.of("vote"), "token", file, Duration.ofSeconds(1), 1, 1),
                        HostObserver.NONE))
                .isInstanceOf(SettingException.class)
                .hasMessageContaining("drawbridge.schema.authorizer.token is set, and so is token-file");
    }
}
