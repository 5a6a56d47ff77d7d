package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.DrawbridgeApplication;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.MemoryEventStore;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.follow.Follower;
import dev.drawbridge.protocol.Limit;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

@DisplayName("A server that stops while events are followed")
class FollowingShutdownIT {

    @TempDir
    Path folder;

    @TestConfiguration
    static class Store {
        @Bean
        @Primary
        EventStore events() {
            return new MemoryEventStore();
        }
    }

    @Test
    @DisplayName(
            "tells all who follow to come again, ends their answers as a whole, and is not held up by one that does not read")
    void stops() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        ConfigurableApplicationContext server = start();
        List<EventListenerClient> clients = new ArrayList<>();
        int port = server.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        AdminClient admin = new AdminClient(port);
        try (Socket deaf = EventListenerClient.openDeaf(port, "/events")) {
            for (int i = 0; i < 50; i++) {
                clients.add(EventListenerClient.open(http, admin.request("/events?room=r"))
                        .ready());
            }
            Follower follower = server.getBean(Follower.class);
            await().until(() -> follower.size() == 51);
            for (int i = 0; i < 100; i++) {
                List<RoomEvent> events = java.util.Collections.nCopies(
                        200, new RoomEvent("x", Instant.now(), "n", new Happening.LimitHit(Limit.MEMORY, 1)));
                follower.appended(server.getBean(EventStore.class)
                        .append(events, List.of())
                        .filed());
            }
            Instant asked = Instant.now();
            server.close();
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));
            for (EventListenerClient client : clients) {
                assertThat(client.ended()).isTrue();
                assertThat(client.lines()).anyMatch(line -> line.matches("retry: [1-4][0-9]{3}"));
            }
            assertThat(deaf.isConnected()).isTrue();
        } finally {
            server.close();
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(DrawbridgeApplication.class, Store.class)
                .run(
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--drawbridge.admin.token=" + AdminClient.TOKEN,
                        "--drawbridge.store.sqlite.path=" + folder.resolve("rooms.db"));
    }
}
