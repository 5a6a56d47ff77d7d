package dev.drawbridge.events.follow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.EventType;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients that read slowly, are cut off at any instant and come again at any of two nodes, against a list of all that was
 * ever written: the model.
 */
@DisplayName("Whoever follows, whatever comes between")
class FollowingPropertiesTest {
    private static final int RUNS = 400;
    private static final int STEPS = 400;

    @ParameterizedTest(name = "kept: {0}")
    @ValueSource(ints = {100_000, 60, 12})
    @DisplayName("misses nothing that is kept, has nothing twice, and is told what is missing")
    void reconnecting(int kept) throws EventStoreException {
        int missed = 0;
        int received = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            World world = new World(seed, kept);
            try {
                world.run();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", kept " + kept, e);
            }
            missed += world.missed();
            received += world.received();
        }
        assertThat(received).isGreaterThan(RUNS * 100);
        if (kept == 100_000) {
            assertThat(missed).isZero();
        } else {
            assertThat(missed).as("what is checked happens").isGreaterThan(20);
        }
    }

    /** Two nodes with a log, and some who follow. */
    private static final class World {
        private final Random random;
        private final HandLog log;
        private final List<Follower> nodes;
        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private final List<Client> clients = new ArrayList<>();
        private boolean calm;

        World(long seed, int kept) {
            this.random = new Random(seed);
            this.log = new HandLog(kept);
            this.nodes = List.of(node(), node());
        }

        private Follower node() {
            return new Follower(log, () -> true, HandLog::format, new Ring(1 + random.nextInt(20), 2_000));
        }

        void run() throws EventStoreException {
            for (int i = 0; i < 4; i++) {
                clients.add(new Client(this, filter()));
            }
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            finish();
        }

        private EventFilter filter() {
            Set<String> rooms = random.nextBoolean() ? Set.of() : Set.of("r" + random.nextInt(3));
            Set<EventType> types = random.nextInt(3) > 0 ? Set.of() : Set.of(EventType.ROOM_DELETED);
            return new EventFilter(rooms, types);
        }

        private void step() throws EventStoreException {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> {
                    for (int i = random.nextInt(random.nextInt(10) == 0 ? 40 : 4); i >= 0; i--) {
                        log.write("r" + random.nextInt(3), happening(), random.nextInt(3));
                    }
                }
                case 4, 5 -> turn(nodes.get(random.nextInt(2)));
                case 6, 7, 8 -> runTask();
                case 9 -> client().takeMore(1 + random.nextInt(20));
                case 10 -> client().come();
                default -> {
                    switch (random.nextInt(3)) {
                        case 0 -> log.fail(random.nextInt(4) == 0);
                        case 1 -> client().cutOff();
                        default -> client().isSilent();
                    }
                }
            }
        }

        private Happening happening() {
            return random.nextBoolean() ? new Happening.Deleted() : new Happening.Opened(1);
        }

        private Client client() {
            return clients.get(random.nextInt(clients.size()));
        }

        private void turn(Follower node) {
            try {
                node.turn();
            } catch (EventStoreException e) {
                return; // tried again later, as its thread does
            }
        }

        private void runTask() {
            Runnable task = tasks.poll();
            if (task != null) {
                task.run();
            }
        }

        /** All is well, and everybody reads to the end. */
        private void finish() throws EventStoreException {
            log.fail(false);
            for (int i = 0; i < 60; i++) {
                for (Client client : clients) {
                    client.come();
                    client.takeMore(100_000);
                }
                settle();
            }
            clients.forEach(Client::hasAll);
            calm = true;
            for (Client client : clients) {
                client.come();
                client.takeMore(100_000);
            }
            settle();
            for (int i = 0; i < 10; i++) {
                log.write("r" + random.nextInt(3), happening(), 0);
                if (random.nextBoolean()) {
                    settle(); // nobody wakes them but what is new
                }
            }
            settle();
            clients.forEach(Client::hasAll);
        }

        private void settle() {
            nodes.forEach(this::turn);
            while (!tasks.isEmpty()) {
                runTask();
            }
        }

        int missed() {
            return clients.stream().mapToInt(client -> client.missed).sum();
        }

        int received() {
            return clients.stream().mapToInt(client -> client.received).sum();
        }
    }

    /** One who follows over a connection. */
    private static final class Client {
        private final World world;
        private final EventFilter wanted;

        /** The model: how many of all that were written it has behind it. */
        private int behind;

        private @Nullable EventId seen;
        private @Nullable Feed feed;
        private int mayTake;
        private int missed;
        private int received;

        Client(World world, EventFilter wanted) {
            this.world = world;
            this.wanted = wanted;
        }

        void come() throws EventStoreException {
            if (feed != null) {
                return;
            }
            Follower node = world.nodes.get(world.random.nextInt(2));
            EventId last = seen;
            mayTake = 0;
            try {
                Feed opened = node.open(
                        wanted,
                        last == null ? new Beginning.Now() : new Beginning.After(last),
                        world.tasks::add,
                        this::read);
                feed = opened;
                EventId from = last == null ? opened.place() : last;
                seen = from;
                behind = (int) world.log.history().stream()
                        .takeWhile(event -> event.id().compareTo(from) <= 0)
                        .count();
                opened.wake();
            } catch (EventStoreException e) {
                return; // 503: it comes again
            }
        }

        /** As the writing side of a connection: as much as the socket takes. */
        private void read(Feed from) {
            try {
                while (from == feed && mayTake > 0) {
                    Feed.Batch batch = from.next();
                    batch.missed().ifPresent(this::missed);
                    int arrives = !world.calm && world.random.nextInt(8) == 0
                            ? world.random.nextInt(batch.events().size() + 1)
                            : batch.events().size();
                    batch.events().subList(0, arrives).forEach(this::received);
                    mayTake -= batch.events().size();
                    if (arrives < batch.events().size()) {
                        cutOff();
                    }
                    if (batch.isEmpty() && !batch.more()) {
                        return;
                    }
                }
            } catch (EventStoreException e) {
                return; // it is woken again
            }
        }

        private void missed(EventId from) {
            missed++;
            List<FiledEvent> all = world.log.history();
            assertThat(world.log.isKept(all.get(behind))).as("the next one").isFalse();
            int at = indexOf(all, from);
            assertThat(at).isGreaterThan(behind);
            behind = at;
        }

        private void received(Followed event) {
            received++;
            List<FiledEvent> all = world.log.history();
            int at = indexOf(all, event.id());
            for (int i = behind; i < at; i++) {
                assertThat(wanted.includes(all.get(i).event()))
                        .as("left out: " + all.get(i))
                        .isFalse();
            }
            assertThat(at).as("not again").isGreaterThanOrEqualTo(behind);
            assertThat(wanted.includes(event.filed().event())).isTrue();
            assertThat(event.filed()).isEqualTo(all.get(at));
            behind = at + 1;
            seen = event.id();
        }

        private static int indexOf(List<FiledEvent> all, EventId id) {
            for (int i = all.size() - 1; i >= 0; i--) {
                if (all.get(i).id().equals(id)) {
                    return i;
                }
            }
            throw new AssertionError("there was no " + id);
        }

        /** A comment with an id, where nothing else is to be said. */
        void isSilent() {
            Feed now = feed;
            if (now == null || mayTake <= 0) {
                return;
            }
            try {
                Feed.Batch batch = now.next();
                batch.missed().ifPresent(this::missed);
                batch.events().forEach(this::received);
                if (batch.isEmpty() && !batch.more()) {
                    seen = now.place();
                }
            } catch (EventStoreException e) {
                return;
            }
        }

        void takeMore(int events) {
            mayTake += events;
            Optional.ofNullable(feed).ifPresent(Feed::wake);
        }

        void cutOff() {
            Optional.ofNullable(feed).ifPresent(Feed::close);
            feed = null;
        }

        void hasAll() {
            List<FiledEvent> all = world.log.history();
            assertThat(all.subList(behind, all.size()))
                    .as("still to come")
                    .noneMatch(event -> wanted.includes(event.event()));
        }
    }
}
