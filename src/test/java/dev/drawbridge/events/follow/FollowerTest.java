package dev.drawbridge.events.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.EventType;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The follower of a node")
class FollowerTest {
    private final HandLog log = new HandLog(1_000);
    private final AtomicInteger encoded = new AtomicInteger();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Follower follower = new Follower(log, () -> true, this::format, new Ring(100, 100_000));
    private int eventSize = 20;

    private byte[] format(FiledEvent event) {
        encoded.incrementAndGet();
        byte[] bytes = new byte[eventSize];
        byte[] text = event.id().text().getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, bytes, 0, text.length);
        return bytes;
    }

    @Test
    @DisplayName("reads nothing while nobody follows")
    void nobody() throws EventStoreException {
        follower.turn();
        log.write("r");
        follower.turn();
        assertThat(log.reads()).isZero();
        open(EventFilter.ALL, new Beginning.Now()).feed.close();
        int reads = log.reads();
        follower.turn();
        assertThat(log.reads()).isEqualTo(reads);
        assertThat(follower.size()).isZero();
    }

    @Test
    @DisplayName("reads an event once and makes bytes of it once, however many follow")
    void once() throws EventStoreException {
        List<Listening> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(open(EventFilter.ALL, new Beginning.Now()));
        }
        turn();
        int reads = log.reads();
        for (int i = 0; i < 10; i++) {
            log.write("r" + i);
            turn();
        }
        assertThat(all).allSatisfy(one -> assertThat(one.got).hasSize(10));
        assertThat(encoded).hasValue(10);
        assertThat(log.reads() - reads)
                .as("and each time that there is no more")
                .isEqualTo(20);
    }

    @Test
    @DisplayName("wakes only those who want what is new, and the place of others does not get old")
    void filtered() throws EventStoreException {
        Listening one = open(new EventFilter(Set.of("quiet"), Set.of()), new Beginning.Now());
        turn();
        int reads = log.reads();
        for (int i = 0; i < 500; i++) {
            log.write("loud");
            follower.turn();
            assertThat(tasks).isEmpty();
        }
        assertThat(one.feed.place()).isEqualTo(log.last());
        log.write("quiet");
        turn();
        assertThat(one.got).hasSize(1);
        assertThat(log.reads() - reads).as("by the follower only").isEqualTo(1_002);
    }

    @Test
    @DisplayName("filters by types")
    void types() throws EventStoreException {
        Listening one = open(new EventFilter(Set.of(), Set.of(EventType.ROOM_OPENED)), new Beginning.Now());
        log.write("r", new Happening.Opened(1), 0);
        log.write("r", new Happening.Deleted(), 0);
        turn();
        assertThat(one.got).hasSize(1);
    }

    @Test
    @DisplayName(
            "lets one who is too slow for the ring read from the store, and tells of what is missing only when that has not got it")
    void slow() throws EventStoreException {
        Listening one = open(EventFilter.ALL, new Beginning.Now());
        turn();
        one.reads = false;
        for (int i = 0; i < 900; i++) {
            log.write("r");
            turn();
        }
        one.reads = true;
        one.feed.wake();
        turn();
        assertThat(one.got).hasSize(900);
        assertThat(one.missed).isEmpty();
        one.reads = false;
        for (int i = 0; i < 1_100; i++) {
            log.write("r");
            turn();
        }
        one.reads = true;
        one.feed.wake();
        turn();
        assertThat(one.got).hasSize(1_900);
        assertThat(one.missed).containsExactly(new EventId("0000000a", 1_001));
        assertThat(follower.missed()).isEqualTo(1);
    }

    @Test
    @DisplayName("gives at most 64 KB at once, or one event, and all of it in the end")
    void bytes() throws EventStoreException {
        eventSize = 30_000;
        for (int i = 0; i < 50; i++) {
            log.write("r");
        }
        Listening one = open(EventFilter.ALL, new Beginning.Oldest());
        int before = encoded.get();
        turn();
        assertThat(one.got).hasSize(50);
        assertThat(one.largest).isEqualTo(2);
        assertThat(encoded.get() - before).as("made into bytes again").isLessThan(150);
        eventSize = 90_000;
        log.write("r");
        log.write("r");
        turn();
        assertThat(one.got).hasSize(52);
        assertThat(follower.ring().bytes()).isLessThanOrEqualTo(100_000);
    }

    @Test
    @DisplayName("begins with the oldest after an id of another log, or one that is still to come, and says so")
    void foreign() throws EventStoreException {
        log.write("r");
        log.write("r");
        for (String id : List.of("0000000b-1", "0000000a-99")) {
            Listening one =
                    open(EventFilter.ALL, new Beginning.After(EventId.parse(id).orElseThrow()));
            turn();
            assertThat(one.missed).containsExactly(new EventId("0000000a", 1));
            assertThat(one.got).hasSize(2);
        }
    }

    @Test
    @DisplayName("goes on in another log when there is one, and says so to all")
    void anotherLog() throws EventStoreException {
        Listening one = open(EventFilter.ALL, new Beginning.Now());
        Listening other = open(new EventFilter(Set.of("x"), Set.of()), new Beginning.Now());
        log.write("r");
        turn();
        log.beginAnew("0000000b");
        turn();
        log.write("r");
        log.write("x");
        turn();
        assertThat(one.got).hasSize(3);
        assertThat(one.missed).containsExactly(new EventId("0000000b", 0));
        assertThat(other.got).hasSize(1);
        assertThat(other.missed).hasSize(1);
    }

    @Test
    @DisplayName("on its thread, with many who read at once: each has all, in order and once")
    void threads() throws Exception {
        Follower running = new Follower(log, () -> true, HandLog::format, new Ring(16, 100_000));
        running.start();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Collected> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                EventFilter wanted = i % 2 == 0 ? EventFilter.ALL : new EventFilter(Set.of("r" + i % 3), Set.of());
                Collected collected = new Collected(wanted);
                all.add(collected);
                FollowedRoomEvents events = new FollowedRoomEvents(log, running);
                var _ = events.subscribe(wanted, new Beginning.Oldest(), collected::on, executor);
            }
            for (int i = 0; i < 900; i++) {
                running.appended(List.of(log.write("r" + i % 3, new Happening.Deleted(), i % 2)));
                if (i % 7 == 0) {
                    LockSupport.parkNanos(1);
                }
            }
            for (Collected collected : all) {
                List<EventId> expected = log.history().stream()
                        .filter(event -> collected.wanted.includes(event.event()))
                        .map(FiledEvent::id)
                        .toList();
                Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(collected.got)
                        .hasSizeGreaterThanOrEqualTo(expected.size()));
                assertThat(collected.got).containsExactlyElementsOf(expected);
            }
        } finally {
            running.close();
        }
        assertThat(running.size()).isZero();
    }

    // ---- who listens

    private void turn() throws EventStoreException {
        follower.turn();
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private Listening open(EventFilter wanted, Beginning beginning) throws EventStoreException {
        Listening listening = new Listening();
        listening.feed = follower.open(wanted, beginning, tasks::add, listening::read);
        listening.feed.wake();
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        return listening;
    }

    private static final class Listening {
        private final List<EventId> got = new ArrayList<>();
        private final List<EventId> missed = new ArrayList<>();
        private boolean reads = true;
        private int largest;

        @SuppressWarnings("NullAway.Init") // at once
        private Feed feed;

        void read(Feed from) {
            try {
                Feed.Batch batch;
                do {
                    if (!reads) {
                        return;
                    }
                    batch = from.next();
                    batch.missed().ifPresent(missed::add);
                    batch.events().forEach(event -> got.add(event.id()));
                    largest = Math.max(largest, batch.events().size());
                } while (batch.more());
            } catch (EventStoreException e) {
                throw new AssertionError(e);
            }
            assertThat(new HashSet<>(got)).hasSameSizeAs(got);
        }
    }

    private static final class Collected {
        private final EventFilter wanted;
        private final Queue<EventId> got = new ConcurrentLinkedQueue<>();

        Collected(EventFilter wanted) {
            this.wanted = wanted;
        }

        void on(FiledEvent event) {
            got.add(event.id());
            if (ThreadLocalRandom.current().nextInt(100) == 0) {
                LockSupport.parkNanos(1);
            }
        }
    }
}
