package dev.drawbridge.events.redis;

import static dev.drawbridge.events.redis.RedisEvents.changed;
import static dev.drawbridge.events.redis.RedisEvents.created;
import static dev.drawbridge.events.redis.RedisEvents.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import dev.drawbridge.store.StoredRooms;
import dev.drawbridge.store.redis.SharedRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is true of events in Redis beside the contract. */
class RedisEventStoreRulesTest {
    private static final Queue ALL = new Queue("all", event -> true, 100_000, 1 << 30);

    private final String prefix = "test-" + StoredRooms.token();
    private final RedisEventStore store = RedisEvents.open(SharedRedis.SERVER.client(), prefix);

    @AfterEach
    void close() {
        store.close();
    }

    private static List<RoomEvent> events(EventStore store) throws EventStoreException {
        return store.after(Optional.empty(), 100_000).events().stream()
                .map(FiledEvent::event)
                .toList();
    }

    @Test
    @DisplayName("Nodes that tell of the same rooms at the same time tell each change once, in one order")
    void contention() throws Exception {
        int rooms = 5;
        int changes = 100;
        store.append(
                IntStream.range(0, rooms)
                        .mapToObj(i -> created("room-" + i, "n0", 0))
                        .toList(),
                List.of(ALL));
        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> telling = IntStream.range(0, 4)
                    .mapToObj(node -> nodes.submit((Callable<Void>) () -> {
                        try (RedisEventStore own = RedisEvents.open(SharedRedis.SERVER.client(), prefix)) {
                            for (int clock = 0; clock < changes; clock++) {
                                int at = clock;
                                own.append(
                                        IntStream.range(0, rooms)
                                                .mapToObj(i -> changed("room-" + i, "n" + node, at, at + 1))
                                                .toList(),
                                        List.of(ALL));
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (Future<Void> each : telling) {
                each.get();
            }
        }

        List<RoomEvent> told = events(store);
        assertThat(told).hasSize(rooms * (changes + 1));
        for (int i = 0; i < rooms; i++) {
            String room = "room-" + i;
            List<Long> clocks = told.stream()
                    .filter(event -> event.roomId().equals(room) && event.what() instanceof Changed)
                    .map(event -> ((Changed) event.what()).clock())
                    .toList();
            assertThat(clocks)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, changes)
                            .mapToObj(Long::valueOf)
                            .toList());
        }
        assertThat(store.queued("all", Optional.empty(), 10_000))
                .extracting(queued -> queued.event().event())
                .isEqualTo(told);
    }

    @Test
    @DisplayName("Much at once goes in several scripts: each room's events in one, all in their order")
    void muchAtOnce() throws EventStoreException {
        List<RoomEvent> all = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            all.add(created("room-" + i, "n", 0));
            all.add(opened("room-" + i, "n", 0));
        }
        for (int clock = 0; clock < 1_000; clock++) {
            all.add(changed("room-7", "n", clock, clock + 1));
        }

        EventStore.Appended appended = store.append(all, List.of(ALL));

        assertThat(appended.filed()).hasSize(2_000).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
        assertThat(appended.filed()).extracting(FiledEvent::event).containsExactlyInAnyOrderElementsOf(all);
        assertThat(store.after(Optional.empty(), 10_000).events()).isEqualTo(appended.filed());
        assertThat(store.stories(List.of("room-7", "room-8", "no room")))
                .isEqualTo(
                        Map.of("room-7", new Story(1_000, Optional.of("n")), "room-8", new Story(0, Optional.of("n"))));
        assertThat(store.open()).hasSize(500);
    }

    @Test
    @DisplayName("Rooms with ids of any kind have stories, in the order of their keys")
    void strangeIds() throws EventStoreException {
        List<String> ids = List.of("", "events", "{events}", "a b", "a\0b", "\ud800", "é", "\"", "room\nx");
        store.append(ids.stream().map(id -> opened(id, "n", 3)).toList(), List.of());

        assertThat(store.stories(ids)).containsOnlyKeys(ids);
        assertThat(store.open()).containsOnlyKeys(ids);
        List<String> gone = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (Map<String, Story> page = store.storiesAfter(after, 2);
                !page.isEmpty();
                page = store.storiesAfter(after, 2)) {
            gone.addAll(page.keySet());
            after = Optional.of(gone.getLast());
        }
        assertThat(gone).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    @DisplayName("What is counted is what is there, whatever was done; seeds are printed")
    void counters() throws EventStoreException {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (RedisEventStore small =
                RedisEvents.open(SharedRedis.SERVER.client(), prefix, new EventStore.Kept(20, 2_000))) {
            long[] clocks = new long[3];
            for (int i = 0; i < 3; i++) {
                small.append(List.of(created("r" + i, "n", 0)), List.of());
            }
            for (int step = 0; step < 400; step++) {
                Queue queue = new Queue("q" + random.nextInt(2), event -> true, 30, 2_500);
                List<EventId> waiting = small.queued(queue.name(), Optional.empty(), 100).stream()
                        .map(queued -> queued.event().id())
                        .toList();
                List<EventId> dead = small.dead(queue.name(), Optional.empty(), 2_000).stream()
                        .map(letter -> letter.event().id())
                        .toList();
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> {
                        int room = random.nextInt(3);
                        small.append(List.of(changed("r" + room, "n", clocks[room], ++clocks[room])), List.of(queue));
                    }
                    case 3 -> small.delivered(queue.name(), any(waiting, random));
                    case 4 -> small.postpone(queue.name(), any(waiting, random), 3, Instant.now());
                    case 5 -> small.bury(queue.name(), any(waiting, random), "why", Instant.now());
                    case 6 -> small.resend(queue.name(), Optional.of(List.of(any(dead, random))), queue, Instant.now());
                    default -> small.discard(queue.name(), Optional.of(List.of(any(dead, random))));
                }
                assertThat(counted()).as("seed %d, step %d", seed, step).isEqualTo(present());
            }
        }
    }

    private static EventId any(List<EventId> ids, RandomGenerator random) {
        return ids.isEmpty() ? new EventId("00000000", 1) : ids.get(random.nextInt(ids.size()));
    }

    private Map<String, String> counted() {
        return SharedRedis.SERVER.cli().hgetall(prefix + ":{events}:bytes");
    }

    private Map<String, String> present() {
        Map<String, String> sums = new HashMap<>();
        for (String shelf : List.of("log", "waiting:q0", "waiting:q1", "dead:q0", "dead:q1")) {
            Map<String, String> events = SharedRedis.SERVER.cli().hgetall(prefix + ":{events}:" + shelf + ":events");
            List<String> ids = SharedRedis.SERVER.cli().zrange(prefix + ":{events}:" + shelf + ":ids", 0, -1);
            assertThat(events).containsOnlyKeys(ids);
            if (!shelf.equals("log")) {
                assertThat(SharedRedis.SERVER.cli().hgetall(prefix + ":{events}:" + shelf + ":notes"))
                        .containsOnlyKeys(ids);
            }
            if (!events.isEmpty()) {
                sums.put(
                        shelf,
                        Integer.toString(events.values().stream()
                                .mapToInt(String::length)
                                .sum()));
            }
        }
        return sums;
    }

    @Test
    @DisplayName("Keys begin with the prefix and have one hash tag; a queue that is empty leaves none behind")
    void keys() throws EventStoreException {
        store.append(List.of(created("room", "n", 0)), List.of(ALL));
        store.take("queue:all", "n", Duration.ofMinutes(1));
        assertThat(SharedRedis.SERVER.cli().keys(prefix + "*"))
                .allSatisfy(key -> assertThat(key).startsWith(prefix + ":{events}:"))
                .contains(prefix + ":{events}:waiting:all:ids", prefix + ":{events}:task:queue:all");

        store.delivered("all", store.last());
        store.giveAway("queue:all", "n");

        assertThat(SharedRedis.SERVER.cli().keys(prefix + "*:all*")).isEmpty();
        assertThat(store.queues()).isEmpty();
    }

    @Test
    @DisplayName("A task is one node's until it lapses or is given away by that node")
    void tasks() throws EventStoreException {
        assertThat(store.take("t", "one", Duration.ofMinutes(1))).isTrue();
        assertThat(store.take("t", "other", Duration.ofMinutes(1))).isFalse();
        store.giveAway("t", "other");
        assertThat(store.take("t", "other", Duration.ofMinutes(1))).isFalse();

        assertThat(store.take("t", "one", Duration.ofMillis(50))).isTrue();
        await().atMost(Duration.ofSeconds(20)).until(() -> store.take("t", "other", Duration.ofMinutes(1)));
        assertThat(store.take("t", "one", Duration.ofMinutes(1))).isFalse();
        store.giveAway("t", "other");
        assertThat(store.take("t", "one", Duration.ofMinutes(1))).isTrue();
    }

    @Test
    @DisplayName(
            "What a newer release has written is passed over, in the log and in queues, also where it is all there is")
    void unreadable() throws EventStoreException {
        List<FiledEvent> filed = new ArrayList<>(
                store.append(List.of(created("room", "n", 0)), List.of(ALL)).filed());
        for (int clock = 0; clock < 9; clock++) {
            filed.addAll(store.append(List.of(changed("room", "n", clock, clock + 1)), List.of(ALL))
                    .filed());
        }
        for (FiledEvent each : filed.subList(1, 10)) {
            for (String shelf : List.of("log", "waiting:all")) {
                SharedRedis.SERVER
                        .cli()
                        .hset(
                                prefix + ":{events}:" + shelf + ":events",
                                each.id().text(),
                                "{\"type\":\"room.sung\"}");
            }
        }

        assertThat(store.after(Optional.of(filed.getFirst().id()), 2))
                .isEqualTo(new EventStore.Page(List.of(), false, filed.getLast().id()));
        assertThat(store.queued("all", Optional.of(filed.getFirst().id()), 2)).isEmpty();
        filed.addAll(
                store.append(List.of(changed("room", "n", 9, 10)), List.of(ALL)).filed());
        assertThat(store.after(Optional.of(filed.getFirst().id()), 2).events()).containsExactly(filed.getLast());
        assertThat(store.queued("all", Optional.of(filed.getFirst().id()), 2)).hasSize(1);
    }
}
