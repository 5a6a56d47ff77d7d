package dev.drawbridge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a Kubernetes as the chart's {@code lookup} asks: has it this Secret? Helm, as the tests have it, looks into
 * the cluster of {@code KUBECONFIG}; the build points that to here, so that no test ever touches a real one.
 */
final class FakeCluster {
    private static final FakeCluster INSTANCE = new FakeCluster();

    private final Map<String, String> secrets = new ConcurrentHashMap<>();

    private FakeCluster() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::answer);
            server.start();
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> server.stop(0)));
            Files.writeString(kubeconfig(), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                    users: [{name: fake, user: {}}]
                    contexts: [{name: fake, context: {cluster: fake, user: fake}}]
                    current-context: fake
                    """.formatted(server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static FakeCluster running() {
        return INSTANCE;
    }

    /** Keeps a Secret, as an installed release leaves it. */
    void keep(Secret secret) {
        secrets.put(
                "/api/v1/namespaces/" + secret.getMetadata().getNamespace() + "/secrets/"
                        + secret.getMetadata().getName(),
                Serialization.asJson(secret));
    }

    void clear() {
        secrets.clear();
    }

    private static Path kubeconfig() {
        String path = System.getenv("KUBECONFIG");
        if (path == null || !Path.of(path).startsWith(Path.of("target").toAbsolutePath())) {
            throw new IllegalStateException(
                    "Set KUBECONFIG to target/kubeconfig, as the build does, or Helm asks a real cluster: " + path);
        }
        return Path.of(path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = path.equals("/api/v1") ? """
                {"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"secrets","singularName":"secret",\
                "namespaced":true,"kind":"Secret","verbs":["get"]}]}""" : secrets.get(path);
        int status = body == null ? 404 : 200;
        byte[] bytes = (body == null
                        ? "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"NotFound\",\"code\":404}"
                        : body)
                .getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
