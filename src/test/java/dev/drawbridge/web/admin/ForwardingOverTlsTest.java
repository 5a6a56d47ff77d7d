package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.drawbridge.Certificates;
import dev.drawbridge.cluster.NodeCard;
import dev.drawbridge.cluster.link.ClusterSecret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("A request that is brought to a node that speaks TLS")
class ForwardingOverTlsTest {
    private static Certificates ours;
    private static SSLContext node;
    private static SSLContext stranger;
    private static SSLContext expired;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @BeforeAll
    static void certify(@TempDir Path folder) throws IOException {
        ours = new Certificates(Files.createDirectory(folder.resolve("ours")));
        Certificates others = new Certificates(Files.createDirectory(folder.resolve("others")));
        node = ours.context(ours.give("node"));
        expired = ours.context(ours.giveExpired("expired"));
        stranger = others.context(others.give("stranger"));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private int serve(SSLContext tls, boolean wantsCertificate) throws IOException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters needs = tls.getDefaultSSLParameters();
                needs.setNeedClientAuth(wantsCertificate);
                parameters.setSSLParameters(needs);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.incrementAndGet();
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
        open.add(() -> server.stop(0));
        return server.getAddress().getPort();
    }

    private void forward(String host, int port, SSLContext own) throws IOException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(own)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        open.add(http::shutdownNow);
        ForwardingSeal seal =
                new ForwardingSeal(new ClusterSecret("a secret of ours".getBytes(StandardCharsets.UTF_8)));
        Forwarder forwarder = new Forwarder(http, seal, Duration.ofSeconds(5), 10_000, System::nanoTime);
        NodeCard card = new NodeCard("b", host, 7070, port, true, "1", Instant.EPOCH, 0, 0, 0, 0, 0, false, List.of());
        MockHttpServletRequest request = new MockHttpServletRequest("PUT", "/admin/v1/rooms/r/records/a");
        request.setContent("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(forwarder.forward(card, request, response, true)).isEmpty();
    }

    private void assertNothingDone(String host, int port, SSLContext own) {
        assertThat(unavailable(host, port, own))
                .isEqualTo("The node b, which has the room, cannot be reached. Nothing was done");
        assertThat(asked).hasValue(0);
    }

    /** What is said of it. */
    private String unavailable(String host, int port, SSLContext own) {
        ProblemException problem = catchThrowableOfType(ProblemException.class, () -> forward(host, port, own));
        assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
        return problem.detail();
    }

    @Test
    @DisplayName("is answered there, also when that wants to see a certificate")
    void answered() throws IOException {
        forward("127.0.0.1", serve(node, false), ours.contextWithout());
        forward("127.0.0.1", serve(node, true), node);
        assertThat(response.getStatus()).isEqualTo(204);
        assertThat(asked).hasValue(2);
    }

    @Test
    @DisplayName("is not brought to one whose certificate is of another authority, old, or for another name")
    void wrongCertificate() throws IOException {
        assertNothingDone("127.0.0.1", serve(stranger, false), node);
        assertNothingDone("127.0.0.1", serve(expired, false), node);
        assertNothingDone("localhost", serve(node, false), node);
    }

    @Test
    @DisplayName("is not brought to one that wants to see a certificate when there is none")
    void noCertificate() throws IOException {
        // With TLS 1.3 it has sent its request when the other one finds no certificate and hangs up: it may not know
        // why.
        assertThat(unavailable("127.0.0.1", serve(node, true), ours.contextWithout()))
                .containsAnyOf("cannot be reached", "Whether it was done is unknown");
        assertThat(asked).hasValue(0);
    }
}
