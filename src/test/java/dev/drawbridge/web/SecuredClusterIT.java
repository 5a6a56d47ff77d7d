package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.Certificates;
import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.cluster.Cluster;
import dev.drawbridge.host.NodeIdentity;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.store.redis.RedisProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("Two servers on one Redis that speak TLS with their clients and with each other")
@ExtendWith(OutputCaptureExtension.class)
class SecuredClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String BUNDLE = "--drawbridge.cluster.ssl-bundle=links";
    private static final String WEB_BUNDLE = "--server.ssl.bundle=links";

    private static Certificates ours;
    private static Certificates others;
    private static RedisProcess redis;
    private static ConfigurableApplicationContext one;
    private static ConfigurableApplicationContext other;
    private static HttpClient client;

    private String room = "r-" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        ours = new Certificates(Files.createDirectory(folder.resolve("ours")));
        others = new Certificates(Files.createDirectory(folder.resolve("others")));
        redis = RedisProcess.start("--appendonly", "yes");
        one = start(ours.bundle("links", ours.give("one")), BUNDLE, WEB_BUNDLE);
        other = start(ours.bundle("links", ours.give("other")), BUNDLE, WEB_BUNDLE);
        client = HttpClient.newBuilder().sslContext(ours.contextWithout()).build();
        await().atMost(PATIENCE).until(() -> isLinked(one, other) && isLinked(other, one));
    }

    @AfterAll
    static void stop() {
        other.close();
        one.close();
        redis.close();
        client.shutdownNow();
    }

    private static ConfigurableApplicationContext start(List<String> bundle, String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--drawbridge.admin.token=" + AdminClient.TOKEN,
                "--drawbridge.store.type=redis",
                "--spring.data.redis.port=" + redis.port(),
                "--drawbridge.cluster.secret=a-secret-for-this-test",
                "--drawbridge.cluster.address=127.0.0.1",
                "--drawbridge.cluster.port=0",
                "--drawbridge.cluster.heartbeat=500ms"));
        arguments.addAll(bundle);
        arguments.addAll(List.of(settings));
        return new SpringApplicationBuilder(DrawbridgeApplication.class).run(arguments.toArray(String[]::new));
    }

    private static String id(ConfigurableApplicationContext server) {
        return server.getBean(NodeIdentity.class).id();
    }

    private static List<String> linked(ConfigurableApplicationContext server) {
        return server.getBean(Cluster.class).linked();
    }

    private static boolean isLinked(ConfigurableApplicationContext server, ConfigurableApplicationContext another) {
        return linked(server).contains(id(another)) && knows(server, another);
    }

    private static int port(ConfigurableApplicationContext server) {
        return server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static int clusterPort(ConfigurableApplicationContext server) {
        return server.getBean(Cluster.class).card().port();
    }

    private static TestSocket join(ConfigurableApplicationContext server, String room, String session) {
        TestSocket socket = TestSocket.openSecure(client, port(server), "/connect/" + room + "?sessionId=" + session);
        socket.connect();
        return socket;
    }

    private static AdminClient.Answer ask(
            ConfigurableApplicationContext server, String method, String path, String body) throws Exception {
        return ask("https", server, method, path, body);
    }

    private static AdminClient.Answer ask(
            String scheme, ConfigurableApplicationContext server, String method, String path, String body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(scheme + "://127.0.0.1:" + port(server) + "/admin/v1/rooms/" + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + AdminClient.TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return new AdminClient.Answer(client.send(request, BodyHandlers.ofString()));
    }

    /** Opens a room at a server, which has it then: one that is busy for a moment sends a room to the other, but not all. */
    private TestSocket openAt(ConfigurableApplicationContext server) {
        for (int attempt = 0; attempt < 50; attempt++) {
            TestSocket socket = join(server, room, "first");
            socket.push(1, "first", "First");
            if (server.getBean(RoomRegistry.class).hasOpened(room)) {
                return socket;
            }
            socket.close();
            room = "r-" + UUID.randomUUID();
        }
        throw new AssertionError("no room was opened at the server");
    }

    @Test
    @DisplayName("carry the session of a client from the one that it has reached to the one that has the room")
    void session() {
        drawTogether();
    }

    /** Somebody at one server and somebody at the other one. */
    private void drawTogether() {
        try (TestSocket near = openAt(one);
                TestSocket far = join(other, room, "second")) {
            assertThat(far.messages().toString()).contains("page:first");
            assertThat(far.push(1, "second", "Second")).contains("commit");
            near.await(message -> message.toString().contains("page:second"));
            assertThat(other.getBean(RoomRegistry.class).isOpen(room)).isFalse();
            assertThat(other.getBean(Cluster.class).relayed()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("answer the admin API at either of them, for the room is asked for over TLS as well")
    void admin() throws Exception {
        try (TestSocket near = openAt(one)) {
            assertThat(ask(other, "GET", room, "").json(200).string("node")).isEqualTo(id(one));
            String page = "{\"id\":\"page:two\",\"typeName\":\"page\",\"name\":\"Two\",\"index\":\"a5\",\"meta\":{}}";
            ask(other, "PUT", room + "/records/page:two", page).hasStatus(201);
            near.await(message -> message.toString().contains("page:two"));
            ask(other, "PUT", room + "/records/page:two", "{").problem(400, "invalid-request");
            assertThat(ask(other, "GET", room + "/snapshot", "").hasStatus(200).body())
                    .contains("page:two");
        }
    }

    @Test
    @DisplayName("do not say a word at the port of the cluster to who shows no certificate of their authority")
    void clusterPort() throws Exception {
        assertSilent(ours.contextWithout());
        assertSilent(ours.context(others.give("stranger")));
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), clusterPort(one))) {
            plain.setSoTimeout(10_000);
            assertThat(plain.getInputStream().readAllBytes())
                    .as("no challenge, but alerts of TLS")
                    .startsWith(21)
                    .hasSizeLessThan(20);
        }
        try (SSLSocket member = open(ours.context(ours.give("member")))) {
            assertThat(member.getInputStream().read()).as("its challenge").isZero();
        }
    }

    private static void assertSilent(SSLContext context) throws IOException {
        try (SSLSocket stranger = open(context)) {
            assertThatThrownBy(() -> stranger.getInputStream().read()).isInstanceOf(SSLException.class);
        }
    }

    private static SSLSocket open(SSLContext context) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), clusterPort(one));
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    @DisplayName("have no links to one that has the secret and speaks no TLS, and go on without it")
    void withoutTls() throws Exception {
        try (ConfigurableApplicationContext plain = start(List.of())) {
            await().atMost(PATIENCE).until(() -> knows(one, plain) && knows(other, plain) && knows(plain, one));
            assertThat(ask("http", plain, "PUT", room + "/records/page:two", "")
                            .response()
                            .statusCode())
                    .isBetween(400, 499);
            drawTogether();
            assertThat(linked(plain)).isEmpty();
            assertThat(linked(one)).containsExactly(id(other));
            assertThat(linked(other)).containsExactly(id(one));
        }
    }

    private static boolean knows(ConfigurableApplicationContext server, ConfigurableApplicationContext another) {
        return server.getBean(Cluster.class)
                .nodes()
                .find(id(another))
                .filter(card -> card.webPort() > 0)
                .isPresent();
    }

    @Test
    @DisplayName(
            "say that nothing was done when the one that has the room shows the web a certificate of another authority")
    void untrusted(CapturedOutput output) throws Exception {
        List<String> bundles = new ArrayList<>(ours.bundle("links", ours.give("third")));
        bundles.addAll(others.bundle("web", others.give("web")));
        try (ConfigurableApplicationContext third = start(bundles, BUNDLE, "--server.ssl.bundle=web")) {
            await().atMost(PATIENCE).until(() -> isLinked(one, third) && isLinked(third, one));
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(others.contextWithout()).build();
            try (trusting;
                    TestSocket near =
                            TestSocket.openSecure(trusting, port(third), "/connect/" + room + "?sessionId=first")) {
                near.connect();
                near.push(1, "first", "First");
                assertThat(ask(one, "PUT", room + "/records/page:two", "{}")
                                .problem(503, "unavailable")
                                .string("detail"))
                        .contains(id(third), "Nothing was done");
                try (TestSocket far = join(one, room, "second")) {
                    assertThat(far.push(1, "second", "Second")).contains("commit");
                }
            }
        }
        assertThat(output)
                .contains("A request could not be brought to node ")
                .doesNotContain("\tat dev.drawbridge.web")
                .contains("wss://127.0.0.1:", "https://127.0.0.1:")
                .doesNotContain("ws://127.0.0.1:", "http://127.0.0.1:");
    }
}
