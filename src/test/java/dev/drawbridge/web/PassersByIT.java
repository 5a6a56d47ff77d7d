package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.DrawbridgeApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

@ExtendWith(OutputCaptureExtension.class)
@DisplayName("[issue 10.15] [issue 10.16] The running server")
class PassersByIT {
    private static final int SOCKETS = 300;

    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "forgets sockets that close while they are being joined, at whatever instant, and its end waits for none")
    void closedWhileJoining(CapturedOutput log) throws IOException {
        try (ConfigurableApplicationContext server =
                start(InstantSource.system(), "--drawbridge.room.removal-timeout=0s")) {
            int port = port(server);
            for (int i = 0; i < SOCKETS; i++) {
                passBy(port, "room" + i % 7, i);
            }
            Awaitility.await("all are forgotten").atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                Scrape scrape = Scrape.of(port);
                assertThat(scrape.value("drawbridge_connections")).isZero();
                assertThat(sessions(scrape)).isZero();
            });
            try (TestSocket stranger = TestSocket.join(port, "room0", "a")) {
                stranger.assertAlive();
            }
        }
        // try-with-resources has waited for the end of the server: its drain has nobody to wait for
        assertThat(log.getAll()).doesNotContain("ERROR", "Exception");
    }

    /** Asks for a socket, says no more or less than some bytes of its first message, and is gone: in order, or not. */
    private static void passBy(int port, String room, int i) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(i % 2 == 0, 0);
            String request = """
                    GET /connect/%s?sessionId=s%d HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                    \r
                    """.formatted(room, i);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            if (i % 3 != 0) {
                socket.getInputStream().read(); // it has been accepted, or is about to be
            }
            if (i % 3 == 2) {
                socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x84, 0, 0, 0, 0, '{'});
            }
        }
    }

    @Test
    @DisplayName("keeps its sessions and takes edits when the clock on the wall is set, forward and back")
    void clockIsSet() throws IOException, InterruptedException {
        AtomicLong offset = new AtomicLong();
        try (ConfigurableApplicationContext server =
                        start(() -> Instant.now().plusSeconds(offset.get()), "--drawbridge.room.idle-timeout=60s");
                TestSocket a = TestSocket.join(port(server), "room", "a");
                TestSocket b = TestSocket.join(port(server), "room", "b")) {
            int clock = 0;
            for (long set : new long[] {86_400, -86_400, 0}) {
                offset.set(set);
                assertThat(a.push(++clock, "p" + clock, "x")).contains("commit");
                b.assertAlive();
                Scrape scrape = Scrape.of(port(server));
                assertThat(sessions(scrape)).isEqualTo(2);
                assertThat(scrape.value("drawbridge_rooms{state=\"active\"}")).isEqualTo(1);
            }
        }
    }

    private static double sessions(Scrape scrape) {
        return scrape.value("drawbridge_sessions{mode=\"edit\"}") + scrape.value("drawbridge_sessions{mode=\"view\"}");
    }

    private ConfigurableApplicationContext start(InstantSource clock, String... settings) {
        ApplicationContextInitializer<GenericApplicationContext> ownClock = context ->
                context.registerBean("testClock", InstantSource.class, () -> clock, bean -> bean.setPrimary(true));
        String[] all = new String[settings.length + 3];
        System.arraycopy(settings, 0, all, 0, settings.length);
        all[settings.length] = "--server.port=0";
        all[settings.length + 1] = "--server.address=127.0.0.1";
        all[settings.length + 2] = "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db");
        return new SpringApplicationBuilder(DrawbridgeApplication.class)
                .initializers(ownClock)
                .run(all);
    }

    private static int port(ConfigurableApplicationContext context) {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }
}
