package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.EventStore.Kept;
import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.EventStore.Page;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStore.Queued;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A store does what {@link MemoryEventStore} does, whatever is done with it in which order, with openings in between. */
public abstract class EventStoreProperties {
    private static final Instant START = Instant.parse("2026-11-28T17:00:00.123Z");
    /** Exact bounds are promised of queues, not of the log. */
    private static final Kept PLENTY = new Kept(100_000, 1L << 30);

    private static final int STEPS = 150;
    private static final int ANY = 100_000;

    /** A store in the test's own home, empty at first for each seed; the one before is closed then. */
    protected abstract EventStore openStore(Kept kept, long seed) throws EventStoreException;

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 8), new Random().longs(2));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("It does what is done in memory")
    void asInMemory(long seed) throws EventStoreException {
        Random random = new Random(seed);
        try (Pair pair = new Pair(seed, random)) {
            for (int step = 0; step < STEPS; step++) {
                pair.step();
                if (step % 10 == 9) {
                    pair.assertSame("seed " + seed + ", step " + step);
                }
            }
        }
    }

    /** The store and the one in memory, and which of their ids mean the same. */
    private final class Pair implements AutoCloseable {
        private final long seed;
        private final Random random;
        private final MemoryEventStore memory = new MemoryEventStore("0123abcd", PLENTY, InstantSource.fixed(START));
        private EventStore store;
        private final Map<EventId, EventId> ids = new HashMap<>();
        private final List<EventId> all = new ArrayList<>();
        private final List<Queue> queues = List.of(
                new Queue("all", event -> true, 30, 1 << 20),
                new Queue("narrow", event -> true, 1_000, 3_000),
                new Queue("changes", event -> event.what() instanceof Changed, 5, 1 << 20));

        Pair(long seed, Random random) throws EventStoreException {
            this.seed = seed;
            this.random = random;
            this.store = openStore(PLENTY, seed);
        }

        private FiledEvent mapped(FiledEvent event) {
            return new FiledEvent(theirs(event.id()), event.event());
        }

        private EventId theirs(EventId id) {
            EventId theirs = ids.get(id);
            assertThat(theirs).isNotNull();
            return theirs == null ? id : theirs;
        }

        private String queue() {
            return queues.get(random.nextInt(queues.size())).name();
        }

        private Optional<EventId> some() {
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
        }

        private Optional<List<EventId>> several() {
            List<EventId> several = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                some().ifPresent(several::add);
            }
            return random.nextInt(4) == 0 ? Optional.empty() : Optional.of(several);
        }

        private Optional<List<EventId>> theirs(Optional<List<EventId>> some) {
            return some.map(each -> each.stream().map(this::theirs).toList());
        }

        void step() throws EventStoreException {
            switch (random.nextInt(16)) {
                case 0 -> {
                    store.close();
                    store = openStore(PLENTY, seed);
                }
                case 1 -> {
                    Map<String, Long> rooms = Map.of("r" + random.nextInt(8), (long) random.nextInt(5));
                    memory.know(rooms);
                    store.know(rooms);
                }
                case 2, 3, 4, 5 -> {
                    String queue = queue();
                    Optional<EventId> id = oldest(queue).or(this::some);
                    if (id.isPresent()) {
                        memory.delivered(queue, id.get());
                        store.delivered(queue, theirs(id.get()));
                    }
                }
                case 6 -> postpone();
                case 7, 8 -> {
                    String queue = queue();
                    Optional<EventId> id = some();
                    if (id.isPresent()) {
                        assertThat(store.bury(queue, theirs(id.get()), "it's over", START.plusMillis(5)))
                                .isEqualTo(memory.bury(queue, id.get(), "it's over", START.plusMillis(5)));
                    }
                }
                case 9 -> resend();
                case 10 -> {
                    String queue = queue();
                    Optional<List<EventId>> some = several();
                    assertThat(store.discard(queue, theirs(some))).isEqualTo(memory.discard(queue, some));
                }
                default -> append();
            }
        }

        private Optional<EventId> oldest(String queue) {
            return memory.queued(queue, Optional.empty(), 1).stream()
                    .map(each -> each.event().id())
                    .findAny();
        }

        private void postpone() throws EventStoreException {
            String queue = queue();
            Optional<EventId> id = some();
            if (id.isPresent()) {
                int attempts = random.nextInt(9);
                memory.postpone(queue, id.get(), attempts, START.plusMillis(attempts));
                store.postpone(queue, theirs(id.get()), attempts, START.plusMillis(attempts));
            }
        }

        private void resend() throws EventStoreException {
            Queue queue = queues.get(random.nextInt(queues.size()));
            Optional<List<EventId>> some = several();
            List<EventId> sent = memory.resend(queue.name(), some, queue, START.plusMillis(9));
            assertThat(store.resend(queue.name(), theirs(some), queue, START.plusMillis(9)))
                    .isEqualTo(sent.stream().map(this::theirs).toList());
        }

        private void append() throws EventStoreException {
            List<RoomEvent> events = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                events.add(new RoomEvent(
                        "r" + random.nextInt(8), START.plusMillis(all.size()), "n" + random.nextInt(3), what()));
            }
            List<Queue> some =
                    queues.stream().filter(each -> random.nextInt(5) > 0).toList();
            EventStore.Appended mine = memory.append(events, some);
            EventStore.Appended theirs = store.append(events, some);
            assertThat(theirs.filed()).hasSameSizeAs(mine.filed());
            for (int i = 0; i < mine.filed().size(); i++) {
                ids.put(mine.filed().get(i).id(), theirs.filed().get(i).id());
                all.add(mine.filed().get(i).id());
            }
            assertThat(theirs)
                    .isEqualTo(new EventStore.Appended(
                            mine.filed().stream().map(this::mapped).toList(), mine.buried(), mine.forgotten()));
        }

        private Happening what() {
            long clock = random.nextInt(30);
            return switch (random.nextInt(8)) {
                case 0 -> new Created(clock);
                case 1 -> new Opened(clock);
                case 2 -> new Closed(Closed.Why.ENDED);
                case 3 -> new Deleted();
                default ->
                    new Changed(
                            clock,
                            clock + 1 + random.nextInt(9),
                            Optional.empty(),
                            List.of(),
                            random.nextBoolean()
                                    ? Optional.empty()
                                    : Optional.of(new Diff(
                                            List.of(JsonObject.builder()
                                                    .put("id", "x".repeat(random.nextInt(300)))
                                                    .build()),
                                            List.of(),
                                            true)));
            };
        }

        void assertSame(String where) throws EventStoreException {
            Optional<EventId> after = some();
            Page mine = memory.after(after, ANY);
            Page theirs = store.after(after.map(this::theirs), ANY);
            assertThat(theirs.events()).as(where).isEqualTo(mapped(mine.events()));
            assertThat(theirs.missed()).as(where).isFalse();
            assertThat(store.storiesAfter(Optional.empty(), ANY))
                    .as(where)
                    .isEqualTo(memory.storiesAfter(Optional.empty(), ANY));
            assertThat(store.open()).as(where).isEqualTo(memory.open());
            assertThat(store.queues()).as(where).isEqualTo(memory.queues());
            for (Queue queue : queues) {
                String name = queue.name();
                Level level = memory.level(name);
                assertThat(store.level(name)).as("%s, %s", where, name).isEqualTo(level);
                assertThat(store.queued(name, Optional.empty(), ANY))
                        .as("%s, %s", where, name)
                        .isEqualTo(memory.queued(name, Optional.empty(), ANY).stream()
                                .map(each -> new Queued(mapped(each.event()), each.attempts(), each.dueAt()))
                                .toList());
                assertThat(store.dead(name, Optional.empty(), ANY))
                        .as("%s, %s", where, name)
                        .isEqualTo(memory.dead(name, Optional.empty(), ANY).stream()
                                .map(each ->
                                        new DeadLetter(mapped(each.event()), each.attempts(), each.why(), each.since()))
                                .toList());
            }
        }

        private List<FiledEvent> mapped(List<FiledEvent> events) {
            return events.stream().map(this::mapped).toList();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
