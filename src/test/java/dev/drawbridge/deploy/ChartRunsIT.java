package dev.drawbridge.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.redis.RedisProcess;
import dev.drawbridge.web.TestSocket;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The server, started as the chart starts it")
class ChartRunsIT {
    private static final String CONFIG = """
            config:
              management:
                endpoints.web.exposure.include: [health, info, prometheus]
              logging.level.dev.drawbridge: debug
            """;

    @TempDir
    Path root;

    @Test
    void keepsRoomsInSqliteOnItsVolume() throws Exception {
        Manifests manifests = Chart.ours().showingTests().render(CONFIG);
        try (PodProcess pod = PodProcess.start(manifests, root, Map.of())) {
            proveThatItRuns(manifests, pod);
            assertThat(pod.terminate()).as("the exit code of an orderly end").isEqualTo(143);
        }
        assertThat(root.resolve("data/drawbridge.db")).exists();
        assertThat(Files.readString(root.resolve("etc/drawbridge/secrets/admin-token")))
                .hasSize(48);

        // The pod of the next version finds the volume.
        try (PodProcess pod = PodProcess.start(manifests, root, Map.of())) {
            awaitReady(manifests.container(), pod);
            assertThat(room(pod)).contains("from the chart");
        }
    }

    @Test
    void keepsRoomsInRedis() throws Exception {
        String password = "not-a-real-one";
        Manifests manifests =
                Chart.ours().showingTests().render(Chart.valueFile("redis-host"), Chart.valuesFile(CONFIG + """
                        store:
                          redis:
                            username: default
                            timeout: 20s
                        """));
        try (RedisProcess redis = RedisProcess.start("--requirepass", password, "--appendonly", "yes")) {
            Map<String, String> elsewhere = Map.of(
                    "SPRING_DATA_REDIS_HOST", "127.0.0.1", "SPRING_DATA_REDIS_PORT", Integer.toString(redis.port()));
            assertThat(manifests.environment())
                    .containsKeys(elsewhere.keySet().toArray(String[]::new))
                    .containsEntry("SPRING_DATA_REDIS_PASSWORD", password);
            try (PodProcess pod = PodProcess.start(manifests, root, elsewhere)) {
                proveThatItRuns(manifests, pod);
                assertThat(pod.log()).contains("Redis, keys boards:{room}");
                assertThat(pod.terminate()).isEqualTo(143);
            }
        }
    }

    @Test
    void sharesRoomsWithTheOtherReplica() throws Exception {
        Manifests manifests = Chart.ours().render("{replicaCount: 2, store: {type: redis, redis: {host: redis}}}");
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes")) {
            Map<String, String> elsewhere = Map.of(
                    "SPRING_DATA_REDIS_HOST", "127.0.0.1", "SPRING_DATA_REDIS_PORT", Integer.toString(redis.port()));
            try (PodProcess one = PodProcess.start(manifests, folder("one"), elsewhere);
                    PodProcess other = PodProcess.start(manifests, folder("other"), elsewhere)) {
                for (PodProcess pod : List.of(one, other)) {
                    awaitReady(manifests.container(), pod);
                }
                awaitMetric(one, "drawbridge_cluster_links{side=\"edge\"} 1.0");
                awaitMetric(other, "drawbridge_cluster_nodes 2.0");
                try (TestSocket socket = TestSocket.join(one.port("my-drawbridge", 80), "the-room", "s1");
                        TestSocket far = TestSocket.join(other.port("my-drawbridge", 80), "the-room", "s3")) {
                    assertThat(socket.push(1, "one", "from the chart")).contains("commit");
                    assertThat(room(other)).contains("from the chart");
                    awaitMetric(other, "drawbridge_cluster_sessions_relayed{side=\"edge\"} 1.0");
                    Awaitility.await()
                            .untilAsserted(
                                    () -> assertThat(far.messages().toString()).contains("from the chart"));
                }
                assertThat(other.terminate()).isEqualTo(143);
                assertThat(room(one)).contains("from the chart");
            }
        }
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    private static void awaitMetric(PodProcess pod, String line) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        PodProcess.text(pod.port("my-drawbridge-management", 9090), "/actuator/prometheus"))
                .contains(line));
    }

    private void proveThatItRuns(Manifests manifests, PodProcess pod) throws Exception {
        Container container = manifests.container();
        awaitReady(container, pod);
        assertThat(pod.answers(container.getLivenessProbe().getHttpGet())).isTrue();

        int http = pod.port("my-drawbridge", 80);
        try (TestSocket socket = TestSocket.join(http, "the-room", "s1")) {
            assertThat(socket.push(1, "one", "from the chart")).contains("commit");
        }
        assertThat(room(pod)).contains("from the chart");
        assertThat(PodProcess.status(http, "/actuator/prometheus"))
                .as("metrics on the port for clients")
                .isNotEqualTo(200);
        assertThat(pod.log())
                .as("the settings of the mounted application.yaml and the profile")
                .contains("The following 1 profile is active", "kubernetes", "Running with Spring Boot");
        helmTest(manifests, pod);
    }

    private static String room(PodProcess pod) {
        try (TestSocket socket = TestSocket.join(pod.port("my-drawbridge", 80), "the-room", "s2")) {
            return socket.messages().toString();
        }
    }

    private static void awaitReady(Container container, PodProcess pod) {
        Awaitility.await()
                .atMost(Duration.ofSeconds((long) container.getStartupProbe().getFailureThreshold()
                        * container.getStartupProbe().getPeriodSeconds()))
                .until(() -> pod.answers(container.getStartupProbe().getHttpGet())
                        && pod.answers(container.getReadinessProbe().getHttpGet()));
    }

    /** Runs what the pod of {@code helm test} runs, with the services' names and ports as they are here. */
    private void helmTest(Manifests manifests, PodProcess pod) throws IOException, InterruptedException {
        Container test = manifests.the(Pod.class).getSpec().getContainers().getFirst();
        Map<String, String> rendered =
                test.getEnv().stream().collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
        assertThat(test.getCommand()).containsExactly("bash", "-euc");
        Path output = root.resolve("helm-test.log");
        ProcessBuilder builder =
                new ProcessBuilder("bash", "-euc", test.getArgs().getFirst()).redirectErrorStream(true);
        builder.redirectOutput(output.toFile());
        builder.environment().putAll(rendered);
        assertThat(rendered).containsEntry("ADMIN_TOKEN_FILE", "/etc/drawbridge/secrets/admin-token");
        builder.environment()
                .put(
                        "ADMIN_TOKEN_FILE",
                        root.resolve("etc/drawbridge/secrets/admin-token").toString());
        builder.environment()
                .putAll(Map.of(
                        "HOST",
                        "127.0.0.1",
                        "PORT",
                        port(pod, rendered, ""),
                        "MANAGEMENT_HOST",
                        "127.0.0.1",
                        "MANAGEMENT_PORT",
                        port(pod, rendered, "MANAGEMENT_")));
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(output)
                .content()
                .contains(
                        "ok: the server is ready",
                        "ok: a WebSocket opens",
                        "ok: metrics can be scraped",
                        "ok: as many servers know of each other as there should be: 1");
    }

    private static String port(PodProcess pod, Map<String, String> rendered, String prefix) {
        String service = rendered.getOrDefault(prefix + "HOST", "");
        int port = Integer.parseInt(rendered.getOrDefault(prefix + "PORT", ""));
        return Integer.toString(pod.port(service, port));
    }
}
