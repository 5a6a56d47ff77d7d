package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.web.TestSocket.Closed;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("A server that is stopped and started")
class RestartIT {

    @TempDir
    Path folder;

    @Test
    @DisplayName("tells its clients to come back, and has their drawing again")
    void restart() {
        TestSocket before;
        String clock;
        try (ConfigurableApplicationContext first = start()) {
            before = TestSocket.join(port(first), "kept", "a");
            String answer = before.push(1, "mine", "hello");
            assertThat(answer).contains("commit");
            clock = answer.replaceAll(".*(\"serverClock\":[0-9]+).*", "$1");
        }
        assertThat(before.awaitClose()).isEqualTo(new Closed(1012, ""));
        try (ConfigurableApplicationContext second = start();
                TestSocket client = TestSocket.open(port(second), "/connect/kept?sessionId=a")) {
            assertThat(client.connect().toString()).contains("page:mine").contains(clock);
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(DrawbridgeApplication.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"));
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
