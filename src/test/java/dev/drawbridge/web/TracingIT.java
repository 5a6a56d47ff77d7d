package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.drawbridge.DrawbridgeApplication;
import io.micrometer.tracing.Tracer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("Traces")
@ExtendWith(OutputCaptureExtension.class)
class TracingIT {

    @TempDir
    Path folder;

    private ConfigurableApplicationContext start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db")));
        arguments.addAll(List.of(settings));
        return new SpringApplicationBuilder(DrawbridgeApplication.class).run(arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    @DisplayName("are sent where the endpoint says, without the queries of URLs")
    void sent() throws Exception {
        Queue<String> received = new ConcurrentLinkedQueue<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
        try (ConfigurableApplicationContext application = start(
                "--management.opentelemetry.tracing.export.otlp.endpoint=" + endpoint,
                "--management.opentelemetry.tracing.export.schedule-delay=100ms",
                "--management.tracing.sampling.probability=1.0")) {
            Scrape.get(port(application), "/actuator/info?token=very-secret");
            try (TestSocket socket = TestSocket.join(port(application), "traced", "s&token=very-secret")) {
                socket.assertAlive();
            }
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(String.join("", received))
                    .contains("http get /actuator/info", "http get /connect/**", "drawbridge"));
        } finally {
            collector.stop(0);
        }
        assertThat(String.join("", received)).doesNotContain("very-secret");
    }

    @Test
    @DisplayName("are off, with their threads and their connections, where nothing says where they go")
    void off(CapturedOutput output) throws Exception {
        try (ConfigurableApplicationContext application = start()) {
            Scrape.get(port(application), "/actuator/info");
            assertThat(application.getBean(Tracer.class)).isSameAs(Tracer.NOOP); // else it numbers requests in the log
            assertThat(threads())
                    .noneMatch(name -> name.contains("BatchSpanProcessor") || name.contains("BatchLogRecordProcessor"));
        }
        assertThat(output).doesNotContain("4318", "trace=");
    }
}
