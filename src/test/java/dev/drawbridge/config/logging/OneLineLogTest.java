package dev.drawbridge.config.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import java.io.Closeable;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** Issue 10, point 19. */
@TestMethodOrder(MethodOrderer.MethodName.class) // Spring Boot keeps the format in a system property: JSON comes last
@DisplayName("Whatever a client makes somebody log")
@ExtendWith(OutputCaptureExtension.class)
class OneLineLogTest {
    private static final Logger log = LoggerFactory.getLogger("some.library.Logger");
    private static final String FORGED = "\n2026-01-01 00:00:00.000  INFO all is well\u2028\u001b[2J\u202e";

    @Configuration(proxyBeanMethods = false)
    static class Application {}

    private static void start(String... profiles) {
        new SpringApplicationBuilder(Application.class)
                .profiles(profiles)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run()
                .close();
    }

    @AfterAll
    static void backToTheUsual() {
        System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
        start();
    }

    private static List<String> lines(CapturedOutput output, String marker) {
        String text = output.toString();
        return text.substring(text.indexOf(marker)).lines().toList();
    }

    @Test
    @DisplayName("is one line, with its escapes to be seen, in the message and in what the line is marked with")
    void console(CapturedOutput output) throws Exception {
        start();
        try (Closeable _ = MDC.putCloseable("room", "my-room");
                Closeable _ = MDC.putCloseable("session", "s" + FORGED)) {
            log.warn("marker one: {}", FORGED);
            log.warn("marker two: " + FORGED);
        }
        assertThat(lines(output, "marker one")).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("\\n2026-01-01 00:00:00.000  INFO all is well\\u2028\\u001b[2J\\u202e")
                .endsWith(
                        "room=my-room session=s\\n2026-01-01 00:00:00.000  INFO all is well\\u2028\\u001b[2J\\u202e"));
    }

    @Test
    @DisplayName("is cut at 4,096 characters, and the line says how long it was")
    void cut(CapturedOutput output) {
        start();
        log.warn("marker three {}", "x".repeat(60_000_000));
        assertThat(lines(output, "marker three"))
                .singleElement()
                .satisfies(line -> assertThat(line).hasSizeLessThan(4_200).endsWith("xxx… (60000013 characters)"));
    }

    @Test
    @DisplayName("leaves a stack trace as it is, but for the messages in it")
    void exceptions(CapturedOutput output) {
        start();
        log.error(
                "marker four",
                new IllegalStateException("outer" + FORGED, new IllegalArgumentException("inner" + FORGED)));
        assertThat(lines(output, "marker four"))
                .contains(
                        "java.lang.IllegalStateException: outer\\n2026-01-01 00:00:00.000  INFO all is well\\u2028\\u001b[2J\\u202e")
                .contains(
                        "Caused by: java.lang.IllegalArgumentException: inner\\n2026-01-01 00:00:00.000  INFO all is well\\u2028\\u001b[2J\\u202e")
                .anyMatch(line -> line.startsWith("\tat dev.drawbridge.config.logging.OneLineLogTest.exceptions("))
                .noneMatch(line -> line.startsWith("2026-01-01"));
    }

    @Test
    @DisplayName("is so under the profile kubernetes too")
    void underKubernetes(CapturedOutput output) throws Exception {
        start("kubernetes");
        try (Closeable _ = MDC.putCloseable("session", "s" + "y".repeat(10_000))) {
            log.error("marker five: " + FORGED + "x".repeat(10_000), new IllegalStateException("z".repeat(10_000)));
        }
        String line = output.toString()
                .lines()
                .filter(l -> l.contains("marker five"))
                .findFirst()
                .orElseThrow();
        JsonObject json = (JsonObject) Json.parse(line);
        assertThat(json.string("message"))
                .contains("\\n2026")
                .doesNotContain("\n")
                .hasSizeLessThan(4_200);
        assertThat(json.string("session")).hasSizeLessThan(300);
        assertThat(line).contains("IllegalStateException").hasSizeLessThan(30_000);
    }
}
