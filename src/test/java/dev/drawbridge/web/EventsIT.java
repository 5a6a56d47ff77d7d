package dev.drawbridge.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.events.AppendListener;
import dev.drawbridge.events.EventQueues;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.RoomEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Events of rooms that real sockets draw in, as they are written down. */
@DisplayName("What happens in a room of a running server")
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "server.address=127.0.0.1",
            "drawbridge.admin.token=" + AdminClient.TOKEN,
            "drawbridge.events.debounce=700ms",
            "drawbridge.history.on-empty=false"
        })
class EventsIT {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    static Path folder;

    @LocalServerPort
    int port;

    @Autowired
    EventStore store;

    @Autowired
    Heard heard;

    /** Who listens. */
    static final class Heard implements AppendListener {
        private final List<FiledEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void appended(List<FiledEvent> some) {
            events.addAll(some);
        }

        List<Happening> of(String room) {
            return events.stream()
                    .map(FiledEvent::event)
                    .filter(event -> event.roomId().equals(room))
                    .map(RoomEvent::what)
                    .toList();
        }
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Listening {

        @Bean
        Heard heard() {
            return new Heard();
        }

        @Bean
        EventQueues queues() {
            return new EventQueues() {
                @Override
                public Collection<EventStore.Queue> all() {
                    return List.of(new EventStore.Queue("all", event -> true, 1_000, 1 << 20));
                }

                @Override
                public boolean wantDiffs(String roomId) {
                    return true;
                }
            };
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("drawbridge.store.sqlite.path", () -> folder.resolve("rooms.db"));
        properties.add("drawbridge.assets.directory", () -> folder.resolve("assets"));
    }

    @Test
    @DisplayName("is told in its order, from when it is made until it is deleted, with what has changed and by whom")
    void all() throws Exception {
        String room = "r-" + UUID.randomUUID();
        AdminClient admin = new AdminClient(port);

        try (TestSocket ada = TestSocket.join(port, room, "ada")) {
            ada.push(1, "one", "first");
            ada.push(2, "one", "second");
            awaitHeard(room, "Created", "Opened", "Joined", "Changed");
            admin.post("/rooms/" + room + "/versions", "{}").hasStatus(201);
            awaitHeard(room, "Created", "Opened", "Joined", "Changed", "VersionCreated");
        }
        admin.delete("/rooms/" + room).hasStatus(204);
        awaitHeard(room, "Created", "Opened", "Joined", "Changed", "VersionCreated", "Left", "Closed", "Deleted");

        Changed changed = (Changed) heard.of(room).get(3);
        assertThat(changed.counts().orElseThrow().put()).isEqualTo(1);
        assertThat(changed.by()).singleElement().satisfies(who -> assertThat(who.sessionId())
                .isEqualTo("ada"));
        assertThat(changed.diff().orElseThrow().put())
                .singleElement()
                .satisfies(record -> assertThat(record.string("name")).isEqualTo("second"));
        assertThat(store.queued("all", Optional.empty(), 100).stream()
                        .filter(each -> each.event().event().roomId().equals(room)))
                .hasSize(8);
    }

    private void awaitHeard(String room, String... what) {
        await().atMost(SOON).untilAsserted(() -> assertThat(heard.of(room))
                .extracting(each -> each.getClass().getSimpleName())
                .containsExactly(what));
    }
}
