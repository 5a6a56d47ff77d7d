package dev.drawbridge.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.DrawbridgeApplication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The load generator against a real server, for a moment: that it measures at all, never how fast anything is. */
@DisplayName("The load generator")
@SpringBootTest(
        classes = DrawbridgeApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "server.address=127.0.0.1")
class LoadIT {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    @ParameterizedTest
    @DisplayName("sees moves, shapes and answers arrive, and loses no socket")
    @CsvSource({
        "fanout, presence_ms.n",
        "fanout, document_ms.n",
        "fanout, rtt_ms.n",
        "rooms, document_ms.n",
        "saturate, commits_s"
    })
    void arrive(String scenario, String figure) throws IOException {
        Figures figures = run(scenario, 3);

        assertThat(figures.number("joined").orElse(0)).isGreaterThanOrEqualTo(3);
        assertThat(figures.number(figure))
                .as("%s of %s", figure, figures.json())
                .isPresent();
        assertThat(figures.number(figure).orElse(0)).isPositive();
        assertThat(figures.number("closed")).as(figures.json()).hasValue(0);
        assertThat(figures.number("discards").orElse(-1)
                        + figures.number("rebases").orElse(-1))
                .as("pushes that did not become what they were: %s", figures.json())
                .isZero();
    }

    @Test
    @DisplayName("fills a room and finds every shape in the answer to a join")
    void complete() throws IOException {
        Figures figures = run("bigroom", 300);

        assertThat(figures.number("shapes_in_answer")).as(figures.json()).hasValue(300);
        assertThat(figures.number("join_ms.n")).hasValue(5);
        assertThat(figures.number("join20_joined")).hasValue(20);
        assertThat(figures.number("closed")).hasValue(0);
    }

    private Figures run(String scenario, int size) throws IOException {
        Target target = new Target("server", "127.0.0.1", port, "", List.of());
        Options brief = Options.of("--seconds", "0.4", "--warm", "0.1");
        return Scenarios.of(scenario).run(new Run(target, brief, size));
    }
}
