package dev.drawbridge.events.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.follow.RoomEvents.Subscriber;
import dev.drawbridge.events.follow.RoomEvents.Subscription;
import dev.drawbridge.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Whoever subscribes to the events of rooms in the same process")
class RoomEventsTest {
    private final HandLog log = new HandLog(100);
    private final Follower follower = new Follower(log, () -> false, HandLog::format, new Ring(10, 100_000));
    private final RoomEvents events = new FollowedRoomEvents(log, follower);
    private final List<Long> got = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        follower.start();
    }

    @AfterEach
    void close() {
        follower.close();
    }

    private void write(String room) {
        follower.appended(List.of(log.write(room)));
    }

    private void gets(Long... numbers) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(got).containsExactly(numbers));
    }

    @Test
    @DisplayName("is given what follows, and no more when it is closed")
    void subscribed() throws EventStoreException {
        write("r");
        Subscription subscription = events.subscribe(
                EventFilter.ALL,
                new Beginning.Now(),
                event -> got.add(event.id().number()));
        assertThat(subscription.last()).isEqualTo(new EventId("0000000a", 1));
        write("r");
        write("r");
        gets(2L, 3L);
        await().untilAsserted(() -> assertThat(subscription.last()).isEqualTo(log.last()));
        subscription.close();
        assertThat(follower.size()).isZero();
        CountDownLatch other = new CountDownLatch(1);
        var _ = events.subscribe(EventFilter.ALL, new Beginning.Now(), _ -> other.countDown());
        write("r");
        await().until(() -> other.getCount() == 0);
        assertThat(got).containsExactly(2L, 3L);
    }

    @Test
    @DisplayName("goes on where it has left off another time")
    void resumed() throws EventStoreException {
        for (int i = 0; i < 5; i++) {
            write(i % 2 == 0 ? "r" : "s");
        }
        EventFilter wanted = new EventFilter(Set.of("r"), Set.of());
        Subscription first = events.subscribe(
                wanted, new Beginning.Oldest(), event -> got.add(event.id().number()));
        gets(1L, 3L, 5L);
        await().untilAsserted(() -> assertThat(first.last()).isEqualTo(log.last()));
        first.close();
        write("r");
        write("s");
        write("r");
        var _ = events.subscribe(
                wanted,
                new Beginning.After(first.last()),
                event -> got.add(event.id().number()));
        gets(1L, 3L, 5L, 6L, 8L);
    }

    @Test
    @DisplayName("is given the next event when it has thrown something, and none twice")
    void throwing() throws EventStoreException {
        var _ = events.subscribe(EventFilter.ALL, new Beginning.Now(), event -> {
            got.add(event.id().number());
            if (event.id().number() % 2 == 0) {
                throw new IllegalStateException("as the test wants");
            }
            throw new Exception("as the test wants");
        });
        for (int i = 0; i < 4; i++) {
            write("r");
        }
        gets(1L, 2L, 3L, 4L);
    }

    @Test
    @DisplayName("is not waited for when it is slow: others go on, and it is told when something is not kept any more")
    void slow() throws EventStoreException {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<EventId> missed = new CopyOnWriteArrayList<>();
        List<Long> slow = new CopyOnWriteArrayList<>();
        var _ = events.subscribe(EventFilter.ALL, new Beginning.Now(), new Subscriber() {
            @Override
            public void on(FiledEvent event) throws InterruptedException {
                slow.add(event.id().number());
                first.countDown();
                go.await();
            }

            @Override
            public void missed(EventId from) {
                missed.add(from);
            }
        });
        var _ = events.subscribe(
                EventFilter.ALL,
                new Beginning.Now(),
                event -> got.add(event.id().number()));
        write("r");
        await().until(() -> first.getCount() == 0);
        for (int i = 0; i < 250; i++) {
            write("r");
            int had = i + 2;
            await().pollInterval(Duration.ofMillis(1)).until(() -> got.size() == had);
        }
        go.countDown();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(slow).endsWith(251L));
        assertThat(missed).hasSize(1);
        assertThat(slow).doesNotHaveDuplicates().isSorted().hasSizeLessThan(250);
    }

    @Test
    @DisplayName("is tried again when its executor takes nothing, and when the store has failed")
    void rejected() throws EventStoreException {
        CountDownLatch rejections = new CountDownLatch(2);
        var _ = events.subscribe(
                EventFilter.ALL,
                new Beginning.Oldest(),
                event -> got.add(event.id().number()),
                task -> {
                    if (rejections.getCount() > 0) {
                        rejections.countDown();
                        throw new RejectedExecutionException("as the test wants");
                    }
                    task.run();
                });
        write("r");
        await().until(() -> rejections.getCount() == 0);
        log.fail(true);
        write("r");
        log.fail(false);
        write("r");
        gets(1L, 2L, 3L);
    }

    @Test
    @DisplayName("can page through what is kept, and is told what is not")
    void pages() throws EventStoreException {
        for (int i = 0; i < 120; i++) {
            log.write(i % 3 == 0 ? "r" : "s");
        }
        EventFilter wanted = new EventFilter(Set.of("r"), Set.of());
        EventStore.Page first = events.page(wanted, Optional.empty(), 30);
        assertThat(first.events()).hasSize(30).allMatch(event -> "r"
                .equals(event.event().roomId()));
        assertThat(first.missed()).isFalse();
        EventStore.Page second = events.page(wanted, Optional.of(first.last()), 30);
        assertThat(second.events()).hasSize(3);
        assertThat(second.last()).isEqualTo(events.last());
        assertThat(events.page(wanted, Optional.of(second.last()), 30))
                .isEqualTo(new EventStore.Page(List.of(), false, events.last()));
        assertThat(events.page(wanted, Optional.of(new EventId("0000000a", 1)), 30)
                        .missed())
                .isTrue();
        assertThat(events.page(wanted, Optional.of(new EventId("0000000b", 1)), 1_000))
                .satisfies(page -> assertThat(page.missed()).isTrue())
                .satisfies(page -> assertThat(page.events()).hasSize(33));
    }

    @Test
    @DisplayName("is not given the records that have changed, which some webhooks want")
    void withoutRecords() throws EventStoreException {
        Happening.Diff diff = new Happening.Diff(List.of(JsonObject.EMPTY), List.of(), true);
        log.write("r", new Happening.Changed(1, 2, Optional.empty(), List.of(), Optional.of(diff)), 0);
        assertThat(events.page(EventFilter.ALL, Optional.empty(), 1).events())
                .extracting(event -> event.event().what())
                .containsExactly(new Happening.Changed(1, 2, Optional.empty(), List.of(), Optional.empty()));
    }
}
