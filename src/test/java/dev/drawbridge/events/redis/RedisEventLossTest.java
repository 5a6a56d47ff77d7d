package dev.drawbridge.events.redis;

import static dev.drawbridge.events.redis.RedisEvents.changed;
import static dev.drawbridge.events.redis.RedisEvents.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.Page;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import dev.drawbridge.store.redis.CutOffRedis;
import dev.drawbridge.store.redis.RedisProcess;
import io.lettuce.core.RedisClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Redis is killed and comes back with all it had, or with less; or what it answers is lost. */
class RedisEventLossTest {
    private static final Queue ALL = new Queue("all", event -> true, 1_000, 1 << 20);

    private static EventId tell(EventStore store, RoomEvent event) throws EventStoreException {
        return store.append(List.of(event), List.of(ALL)).filed().getLast().id();
    }

    private static List<EventId> queued(EventStore store) throws EventStoreException {
        return store.queued("all", Optional.empty(), 1_000).stream()
                .map(queued -> queued.event().id())
                .toList();
    }

    private static void awaitBack(EventStore store) {
        await().ignoreExceptions().atMost(Duration.ofSeconds(20)).until(() -> {
            store.ping();
            return true;
        });
    }

    @Test
    @DisplayName(
            "After a restart that lost nothing the log has another name, and goes on where it was; readers are told so once")
    void restarted() throws EventStoreException {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
                RedisEventStore store = RedisEvents.open(redis.client(), "test")) {
            EventId first = tell(store, created("room", "n", 0));
            EventId second = tell(store, changed("room", "n", 0, 1));
            redis.kill();
            redis.startAgain();
            awaitBack(store);

            assertThat(store.last().log()).isNotEqualTo(first.log());
            EventId third = tell(store, changed("room", "n", 1, 2));
            assertThat(third.log()).isEqualTo(store.last().log());
            assertThat(third).isGreaterThan(second);
            assertThat(queued(store)).containsExactly(first, second, third);

            Page rest = store.after(Optional.of(first), 10);
            assertThat(rest.events()).extracting(FiledEvent::id).containsExactly(second);
            assertThat(rest.missed()).isFalse();
            Page next = store.after(Optional.of(rest.last()), 10);
            assertThat(next.events()).extracting(FiledEvent::id).containsExactly(third);
            assertThat(next.missed()).isTrue();
            assertThat(store.after(Optional.of(third), 10)).isEqualTo(new Page(List.of(), false, third));

            redis.kill();
            redis.startAgain();
            awaitBack(store);
            Page idle = store.after(Optional.of(third), 10);
            assertThat(idle).isEqualTo(new Page(List.of(), true, store.last()));
            assertThat(store.after(Optional.of(idle.last()), 10)).isEqualTo(new Page(List.of(), false, idle.last()));

            // of a log before the one before
            List<EventId> all = new ArrayList<>();
            Optional<EventId> after = Optional.empty();
            for (Page page = store.after(after, 1); !page.events().isEmpty(); page = store.after(after, 1)) {
                page.events().forEach(event -> all.add(event.id()));
                after = Optional.of(page.last());
            }
            assertThat(all).containsExactly(first, second, third);
        }
    }

    @Test
    @DisplayName("What Redis has lost is told again, under ids that were never given before")
    void lost() throws EventStoreException {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
                RedisEventStore store = RedisEvents.open(redis.client(), "test")) {
            EventId first = tell(store, created("room", "n", 0));
            long kept = redis.written();
            EventId lost = tell(store, changed("room", "n", 0, 1));
            redis.killAndLose(kept);
            redis.startAgain();
            awaitBack(store);

            assertThat(store.stories(List.of("room"))).isEqualTo(Map.of("room", new Story(0, Optional.empty())));
            EventId again = tell(store, changed("room", "n", 0, 1));
            assertThat(again.log()).isNotEqualTo(lost.log());
            assertThat(again).isGreaterThan(lost);
            assertThat(queued(store)).containsExactly(first, again);
            store.delivered("all", lost);
            assertThat(queued(store)).containsExactly(first, again);
            Page page = store.after(Optional.of(lost), 10);
            assertThat(page.missed()).isTrue();
            assertThat(page.events()).extracting(FiledEvent::id).containsExactly(again);
        }
    }

    @Test
    @DisplayName("An emptied Redis begins anew, beyond all that there was")
    void emptied() throws EventStoreException {
        try (RedisProcess redis = RedisProcess.start();
                RedisEventStore store = RedisEvents.open(redis.client(), "test")) {
            store.settle();
            EventId before = tell(store, created("room", "n", 0));
            redis.cli().flushall();

            assertThat(store.isSettled()).isFalse();
            EventId after = tell(store, created("room", "n", 0));
            assertThat(after.log()).isNotEqualTo(before.log());
            assertThat(after).isGreaterThan(before);
            assertThat(store.after(Optional.of(before), 10).missed()).isTrue();
        }
    }

    @Test
    @DisplayName(
            "When the answer of an append is lost the call fails though it was carried out, and its repetition tells nothing twice")
    void lostAnswer() throws EventStoreException {
        try (RedisProcess redis = RedisProcess.start();
                CutOffRedis network = new CutOffRedis(redis.port())) {
            RedisClient client = RedisProcess.newClient(network.port());
            try (RedisEventStore store = RedisEvents.open(client, "test")) {
                tell(store, created("room", "n", 0));
                List<RoomEvent> changes = List.of(changed("room", "n", 0, 1), changed("room", "n", 1, 2));
                network.swallowAnswersFrom("EVALSHA");
                assertThatThrownBy(() -> store.append(changes, List.of(ALL))).isInstanceOf(EventStoreException.class);
                assertThat(redis.cli().hget("test:{events}:stories", "room")).isEqualTo("2");
                network.cut();
                awaitBack(store);

                assertThat(store.append(changes, List.of(ALL)).filed()).isEmpty();

                assertThat(queued(store)).hasSize(3).doesNotHaveDuplicates();
                assertThat(store.stories(List.of("room"))).isEqualTo(Map.of("room", new Story(2, Optional.empty())));
            } finally {
                client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            }
        }
    }
}
