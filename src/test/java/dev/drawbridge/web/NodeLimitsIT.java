package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.DrawbridgeApplication;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("[§21.6] a limit of the node")
@ExtendWith(OutputCaptureExtension.class)
class NodeLimitsIT {
    private static final int TRY_AGAIN_LATER = 1013;

    @TempDir
    Path folder;

    @Test
    @DisplayName("on sockets: the client of one too many is told to try again later; when another has left it may come")
    void connections(CapturedOutput log) {
        try (ConfigurableApplicationContext server = start("--drawbridge.limits.connections=2");
                TestSocket first = TestSocket.join(port(server), "room", "a")) {
            try (TestSocket second = TestSocket.join(port(server), "room", "b")) {
                for (int i = 0; i < 3; i++) {
                    try (TestSocket third = TestSocket.open(port(server), "/connect/room?sessionId=c")) {
                        assertThat(third.awaitClose().code()).isEqualTo(TRY_AGAIN_LATER);
                    }
                }
                assertThat(log.getOut().split("the limit CONNECTIONS was hit", -1))
                        .hasSize(2);
                second.assertAlive();
            }
            first.assertAlive();
            Awaitility.await().ignoreExceptions().untilAsserted(() -> {
                try (TestSocket third = TestSocket.join(port(server), "room", "c")) {
                    third.assertAlive();
                }
            });
        }
    }

    @Test
    @DisplayName("on sockets from one address within a minute: the same")
    void rate() {
        try (ConfigurableApplicationContext server = start("--drawbridge.limits.connections-per-minute=5")) {
            int turnedAway = 0;
            for (int i = 0; i < 12; i++) { // a minute may end in between, and another begin
                try (TestSocket socket = TestSocket.open(port(server), "/connect/room?sessionId=s" + i)) {
                    socket.connect();
                } catch (IllegalStateException | CompletionException closed) {
                    turnedAway++;
                }
            }
            try (TestSocket late = TestSocket.open(port(server), "/connect/room?sessionId=late")) {
                assertThat(late.awaitClose().code()).isEqualTo(TRY_AGAIN_LATER);
            }
            assertThat(turnedAway).isPositive();
        }
    }

    @Test
    @DisplayName("on rooms: who comes to one too many is told to try again later, others are not disturbed")
    void rooms() {
        try (ConfigurableApplicationContext server = start("--drawbridge.limits.rooms=1");
                TestSocket first = TestSocket.join(port(server), "one", "a");
                TestSocket other = TestSocket.open(port(server), "/connect/two?sessionId=b")) {
            assertThat(other.awaitClose().code()).isEqualTo(TRY_AGAIN_LATER);
            first.assertAlive();
            TestSocket.join(port(server), "one", "c").close();
        }
    }

    private ConfigurableApplicationContext start(String... limits) {
        return new SpringApplicationBuilder(DrawbridgeApplication.class)
                .run(Stream.concat(
                                Arrays.stream(limits),
                                Stream.of(
                                        "--server.port=0",
                                        "--server.address=127.0.0.1",
                                        "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db")))
                        .toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
