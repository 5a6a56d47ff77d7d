package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision;
import dev.drawbridge.security.Permission;
import dev.drawbridge.security.RoomAccess;
import dev.drawbridge.web.TestSocket.Closed;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@DisplayName("The door, with a RoomAccess of one's own")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"server.address=127.0.0.1", "drawbridge.access.mode=jwt"})
@Import(OwnAccessIT.Own.class)
class OwnAccessIT {
    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @TestConfiguration(proxyBeanMethods = false)
    static class Own {

        @Bean
        RoomAccess own() {
            return request -> switch (request.query().getFirst("who")) {
                case "Ada Lovelace" -> new AccessDecision.Allowed(Permission.EDIT, "ada", "Ada", null);
                case "full" -> new AccessDecision.Denied(RefusalReason.ROOM_FULL, "enough");
                case "later" -> new AccessDecision.Unavailable("out for lunch");
                case "thread" ->
                    Thread.currentThread().isVirtual()
                            ? new AccessDecision.Allowed(Permission.VIEW, null, null, null)
                            : new AccessDecision.Denied(RefusalReason.UNKNOWN_ERROR, "a thread of the system");
                case null, default -> throw new IllegalStateException("no idea who that is");
            };
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
    }

    private TestSocket open(String who) {
        return TestSocket.open(port, "/connect/room?sessionId=s&who=" + who);
    }

    @Test
    @DisplayName("does what that says, whatever the mode")
    void replaced() {
        try (TestSocket ada = open("Ada+Lovelace");
                TestSocket full = open("full")) {
            assertThat(full.awaitClose()).isEqualTo(new Closed(4099, "ROOM_FULL"));
            ada.connect();
        }
    }

    @Test
    @DisplayName("tells the client to come back when it cannot be told, or when that fails")
    void unavailable() {
        for (String who : new String[] {"later", "nobody"}) {
            try (TestSocket socket = open(who)) {
                assertThat(socket.awaitClose().code()).isEqualTo(1013);
            }
        }
    }

    @Test
    @DisplayName("asks it on a virtual thread")
    void virtual() {
        try (TestSocket socket = open("thread")) {
            assertThat(socket.connect().toString()).contains("\"isReadonly\":true");
        }
    }
}
