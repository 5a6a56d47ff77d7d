package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.NodeScript;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.web.PromQl.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.yaml.snakeyaml.Yaml;

/** What Prometheus is told, held against those who rely on it: the dashboard, the alerts, the documentation. */
@DisplayName("The metrics of a server in use")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "drawbridge.mcp.enabled=true"})
class MetricsIT {
    private static final Path FILES = Path.of("helm/drawbridge/files");

    /** Prometheus adds these to what it scrapes. */
    private static final Set<String> OF_TARGETS = Set.of("namespace", "pod", "job", "instance");

    private static final String ROOM = "unmistakable-room-7f3a";
    private static final String SESSION = "unmistakable-session-91bc";
    private static final String PERSON = "unmistakable-person-c05d";

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.webhooks[0].url", () -> "http://127.0.0.1:9/"); // nobody listens there
        properties.add("drawbridge.webhooks[0].secret", () -> "a-secret-of-the-team-2026-1");
    }

    @BeforeEach
    void use() throws Exception {
        try (TestSocket client = TestSocket.open(
                port, "/connect/" + ROOM + "?sessionId=" + SESSION + "&token=" + PERSON + "&userId=" + PERSON)) {
            client.connect();
            client.push(1, PERSON, PERSON);
            client.assertAlive();
        }
        try (TestSocket refused = TestSocket.open(port, "/connect/" + ROOM + "?sessionId=" + SESSION)) {
            refused.send("{\"type\":\"dance\"}");
            refused.awaitClose();
        }
        assertThat(Scrape.get(port, "/" + ROOM + "?token=" + PERSON).statusCode())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("are all there that the dashboard shows")
    void dashboard() throws Exception {
        List<String> expressions = new ArrayList<>();
        JsonValue dashboard = Json.parse(Files.readString(FILES.resolve("dashboard.json")));
        strings(dashboard, "expr", expressions);
        strings(dashboard, "definition", expressions);
        assertThat(expressions).hasSizeGreaterThan(30);

        assertThatAllExist(expressions.stream().map(MetricsIT::ofVariable).toList());
    }

    @Test
    @DisplayName("are all there that alerts are raised by")
    void alerts() throws Exception {
        Matcher names = Pattern.compile("alert: (\\w+)").matcher(Files.readString(FILES.resolve("alerts.yaml")));
        assertThat(names.results().map(name -> name.group(1)))
                .containsExactlyInAnyOrder(
                        "DrawbridgeDown",
                        "DrawbridgeNotReady",
                        "DrawbridgeStoreErrors",
                        "DrawbridgeCommitsSlow",
                        "DrawbridgeCommitsFailing",
                        "DrawbridgeRoomsLost",
                        "DrawbridgeRefusalsHigh",
                        "DrawbridgeSlowClients",
                        "DrawbridgeLimitsHit",
                        "DrawbridgeAdminLoginFailures",
                        "DrawbridgeVersionsFailing",
                        "DrawbridgeHeartbeatLate",
                        "DrawbridgeHeartbeatsLost",
                        "DrawbridgeNodesMissing",
                        "DrawbridgeLinksMissing",
                        "DrawbridgeTakeovers",
                        "DrawbridgeHandoversFailing",
                        "DrawbridgeFenced");
        assertThatAllExist(alertExpressions());
    }

    @Test
    @DisplayName("are listed in docs/metrics.md, with their type, and nothing else is")
    void documentation() throws Exception {
        Map<String, String> documented = new TreeMap<>();
        Matcher row = Pattern.compile("(?m)^\\| `(drawbridge_\\w+)` \\| (\\w+) \\|")
                .matcher(Files.readString(Path.of("docs/metrics.md")));
        while (row.find()) {
            documented.put(row.group(1), row.group(2));
        }
        Map<String, String> own = Scrape.of(port).ownMetrics();
        own.keySet().removeIf(name -> name.endsWith("_max"));
        documented.keySet().removeIf(MetricsIT::isOfACluster);

        assertThat(documented).isEqualTo(own);
    }

    @Test
    @DisplayName("name no room, no session and no person")
    void noIds() throws Exception {
        assertThat(Scrape.of(port).text())
                .contains("http_server_requests_seconds_count{")
                .doesNotContain(ROOM, SESSION, PERSON, "?");
    }

    @Test
    @DisplayName("count what was done")
    void count() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            Scrape scrape = Scrape.of(port);
            for (String series : List.of(
                    "drawbridge_messages_received_total{type=\"connect\"}",
                    "drawbridge_messages_received_total{type=\"push\"}",
                    "drawbridge_messages_received_total{type=\"ping\"}",
                    "drawbridge_message_length_characters_count",
                    "drawbridge_frame_size_bytes_count",
                    "drawbridge_push_duration_seconds_count",
                    "drawbridge_push_results_total{action=\"commit\"}",
                    "drawbridge_hydration_size_bytes_count{type=\"wipe_all\"}",
                    "drawbridge_sessions_refused_total{reason=\"unknown_error\"}",
                    "drawbridge_room_load_seconds_count",
                    "drawbridge_commit_duration_seconds_count",
                    "drawbridge_commit_size_bytes_sum",
                    "drawbridge_gate_wait_seconds_count",
                    "drawbridge_room_ownership_total{change=\"taken\"}",
                    "drawbridge_rooms{state=\"active\"}")) {
                assertThat(scrape.value(series)).as(series).isPositive();
            }
        });
    }

    @Test
    @DisplayName("count sessions by what they may do")
    void sessions() {
        try (TestSocket editor = TestSocket.join(port, ROOM, "editor");
                TestSocket viewer = TestSocket.open(port, "/connect/" + ROOM + "?sessionId=v&readonly=true")) {
            viewer.connect();
            editor.assertAlive();
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Scrape scrape = Scrape.of(port);
                assertThat(scrape.value("drawbridge_sessions{mode=\"view\"}")).isEqualTo(1);
                assertThat(scrape.value("drawbridge_sessions{mode=\"edit\"}")).isPositive();
                assertThat(scrape.value("drawbridge_connections")).isGreaterThanOrEqualTo(2);
            });
        }
    }

    @Test
    @DisplayName("are understood by Prometheus, which finds no fault with this server's own")
    void promtoolMetrics() throws Exception {
        NodeScript.assumeInstalled("promtool", "promtool of Prometheus");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                .redirectErrorStream(true)
                .start();
        try (var in = promtool.getOutputStream()) {
            in.write(Scrape.of(port).text().getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(10, TimeUnit.SECONDS)).isTrue();

        assertThat(promtool.exitValue()).as(output).isZero();
    }

    private void assertThatAllExist(List<String> expressions) throws Exception {
        Scrape scrape = Scrape.of(port);
        for (String expression : expressions) {
            List<Selector> selectors = PromQl.selectors(expression);
            assertThat(selectors).as(expression).isNotEmpty();
            for (Selector selector : selectors) {
                if (isOfACluster(selector.metric())) {
                    assertThatItIsDocumented(selector);
                } else if (!selector.metric().equals("up")) {
                    assertThat(scrape.has(selector, OF_TARGETS))
                            .as("%s, for %s", selector, expression)
                            .isTrue();
                }
            }
        }
    }

    /** A server with SQLite, as this one, has none of these. */
    private static boolean isOfACluster(String metric) {
        return metric.startsWith("drawbridge_cluster_");
    }

    private static void assertThatItIsDocumented(Selector selector) throws Exception {
        String metric = selector.metric().replaceFirst("_(bucket|count|sum|max)$", "");
        assertThat(Files.readAllLines(Path.of("docs/metrics.md")))
                .filteredOn(line -> line.startsWith("| `" + metric + "` |"))
                .singleElement()
                .satisfies(row -> selector.labels().entrySet().stream()
                        .filter(label -> !OF_TARGETS.contains(label.getKey()))
                        .forEach(label -> assertThat(row)
                                .contains("`" + label.getKey() + "`")
                                .contains("`" + label.getValue() + "`")));
    }

    private static List<String> alertExpressions() throws Exception {
        List<String> expressions = new ArrayList<>();
        expressionsIn(new Yaml().load(Files.readString(FILES.resolve("alerts.yaml"))), expressions);
        return expressions;
    }

    private static void expressionsIn(Object yaml, List<String> found) {
        switch (yaml) {
            case List<?> list -> list.forEach(element -> expressionsIn(element, found));
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    if (key.equals("expr")) {
                        found.add(value.toString());
                    }
                    expressionsIn(value, found);
                });
            default -> {}
        }
    }

    /** The metric in Grafana's own {@code label_values(metric, label)}. */
    private static String ofVariable(String expression) {
        return expression.replaceFirst("^label_values\\((.*), \\w+\\)$", "$1");
    }

    private static void strings(JsonValue value, String key, List<String> found) {
        switch (value) {
            case JsonObject object ->
                object.entries().forEach(member -> {
                    if (member.getKey().equals(key) && member.getValue() instanceof JsonString(String text)) {
                        found.add(text);
                    }
                    strings(member.getValue(), key, found);
                });
            case JsonArray array -> array.items().forEach(element -> strings(element, key, found));
            default -> {}
        }
    }
}
