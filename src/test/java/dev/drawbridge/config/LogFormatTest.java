package dev.drawbridge.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import java.io.Closeable;
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

@TestMethodOrder(MethodOrderer.MethodName.class) // Spring Boot keeps the format in a system property: JSON comes last
@DisplayName("A line of the log")
@ExtendWith(OutputCaptureExtension.class)
class LogFormatTest {
    private static final Logger log = LoggerFactory.getLogger("dev.drawbridge.host.RoomHost");

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

    private static String line(CapturedOutput output, String message) {
        return output.toString()
                .lines()
                .filter(line -> line.contains(message))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("ends with the room and the session that it is about")
    void aboutBoth(CapturedOutput output) throws Exception {
        start();
        try (Closeable _ = MDC.putCloseable("room", "my-room");
                Closeable _ = MDC.putCloseable("session", "my-session")) {
            log.info("it began");
        }
        assertThat(line(output, "it began"))
                .matches("[-0-9]{10} [:.0-9]{12}  INFO \\[[^]]{15}] dev\\.drawbridge\\.host\\.RoomHost +"
                        + "it began room=my-room session=my-session");
    }

    @Test
    @DisplayName("ends with its message when it is about neither, and has no column for them")
    void aboutNeither(CapturedOutput output) throws Exception {
        start();
        log.info("all is well");
        try (Closeable _ = MDC.putCloseable("room", "my-room")) {
            log.info("only a room");
        }
        assertThat(line(output, "all is well")).endsWith("RoomHost     all is well");
        assertThat(line(output, "only a room")).endsWith("only a room room=my-room");
    }

    @Test
    @DisplayName("is ECS JSON under the profile kubernetes, with room and session")
    void underKubernetes(CapturedOutput output) throws Exception {
        start("kubernetes");
        try (Closeable _ = MDC.putCloseable("room", "my-room");
                Closeable _ = MDC.putCloseable("session", "my-session")) {
            log.info("it began");
        }
        JsonObject json = (JsonObject) Json.parse(line(output, "it began"));
        assertThat(json.string("message")).isEqualTo("it began");
        assertThat(json.string("room")).isEqualTo("my-room");
        assertThat(json.string("session")).isEqualTo("my-session");
        assertThat(json.has("@timestamp")).isTrue();
        assertThat(json.toString()).contains("\"level\":\"INFO\"", "\"ecs\":{", "\"name\":\"drawbridge\"");
    }
}
