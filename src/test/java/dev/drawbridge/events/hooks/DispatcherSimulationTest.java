package dev.drawbridge.events.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.Appended;
import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.EventType;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.MemoryEventStore;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.hooks.Attempt.Outcome;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hours of a bad day, with a seed: a receiver that fails, hangs, answers nonsense, goes away for an hour or for good; nodes
 * that are killed between any two calls of the store and within them, that stand still for longer than a task is theirs, and
 * whose calls of the store fail before or after they have happened.
 */
@DisplayName("What waits for a webhook, on a bad day,")
class DispatcherSimulationTest {
    private static final Duration DAY = Duration.ofHours(2);

    /** {@code -Dhooks.seeds=from-to} for others. */
    static LongStream seeds() {
        String[] range = System.getProperty("hooks.seeds", "1-120").split("-", -1);
        return LongStream.rangeClosed(Long.parseLong(range[0]), Long.parseLong(range[1]));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("comes through at least once and in each room's order, or is a dead letter, or is counted")
    void day(long seed) throws Exception {
        new BadDay(seed).run();
    }

    private static final class BadDay {
        private final Random random;
        private final Simulation simulation = new Simulation();
        private final EventStore store =
                new MemoryEventStore("0123abcd", new EventStore.Kept(100, 1 << 20), simulation);
        private final Webhook webhook;
        private final List<SimulatedNode> nodes = new ArrayList<>();
        private final boolean isWithFaults;
        private final boolean isSometimesGone;
        private final int rooms;
        private boolean isOver;
        private int nodesMade;

        // ---- what is known of it

        private final List<EventId> appended = new ArrayList<>();
        private final Map<EventId, String> roomOf = new HashMap<>();
        private final Set<EventId> received = new HashSet<>();
        private final List<EventId> firstReceived = new ArrayList<>();
        private final Set<EventId> noted = new HashSet<>();
        private final Map<EventId, Integer> receipts = new HashMap<>();
        private final Map<EventId, Integer> excuses = new HashMap<>();
        private final Counts counts = new Counts();
        private String holder = "";
        private long heldUntil;

        /** What the receiver does in a part of the day. */
        private enum Mood {
            WELL,
            DOWN,
            HANGING,
            NONSENSE,
            SOME_ROOMS_FAIL,
            BUSY,
            GONE
        }

        private Mood mood = Mood.WELL;

        private static final class Counts implements WebhookObserver {
            private int buried;
            private int forgotten;

            @Override
            public void attempted(String webhook, Outcome outcome, long nanos) {
                // that is known from the receiver
            }

            @Override
            public void buried(String webhook, Reason reason, int events) {
                buried += events;
            }

            @Override
            public void forgotten(String webhook, int deadLetters) {
                forgotten += deadLetters;
            }

            @Override
            public void level(String webhook, Optional<Level> level) {
                // nobody looks
            }
        }

        BadDay(long seed) {
            this.random = new Random(seed);
            this.isWithFaults = seed % 4 != 0;
            this.isSometimesGone = seed % 3 == 0;
            this.rooms = 1 + random.nextInt(12);
            this.webhook = new Webhook(
                    "crm",
                    URI.create("http://receiver/"),
                    List.of(Secret.of("a-secret-of-the-team-2026-1")),
                    EnumSet.allOf(EventType.class),
                    "*",
                    false,
                    Duration.ofSeconds(10),
                    random.nextInt(3) == 0 ? Duration.ofMinutes(40) : Duration.ofDays(1),
                    random.nextInt(4) == 0 ? 40 : 10_000,
                    1 << 20,
                    1 + random.nextInt(8));
        }

        void run() throws Exception {
            int count = isWithFaults ? 1 + random.nextInt(3) : 1;
            for (int i = 0; i < count; i++) {
                nodes.add(node());
            }
            changeMood();
            appendSome(150 + random.nextInt(200));
            if (isWithFaults) {
                killSome();
            }
            simulation.pass(DAY);
            isOver = true;
            mood = Mood.WELL;
            resume();
            assertThat(simulation.passUntil(Duration.ofHours(2), () -> level().waiting() == 0))
                    .as("all is sent when all is well: %s", level())
                    .isTrue();
            checkAll();
            checkRepetition();
            checkOrder();
            resendAll();
        }

        // ---- what happens

        private SimulatedNode node() {
            String id = "node-" + ++nodesMade;
            SimulatedNode[] self = new SimulatedNode[1];
            NodeFault fault = new NodeFault(id, self);
            SimulatedNode node = new SimulatedNode(
                    simulation,
                    id,
                    List.of(webhook),
                    FaultyStore.of(store, fault),
                    new Random(random.nextLong()),
                    letter -> bring(letter, fault),
                    counts);
            self[0] = node;
            return node.start();
        }

        private Duration upTo(Duration most) {
            return Duration.ofMillis(random.nextLong(1 + most.toMillis()));
        }

        private void appendSome(int count) {
            for (int i = 0; i < count; i++) {
                boolean isBurst = random.nextInt(20) == 0;
                Duration at = upTo(DAY);
                for (int j = 0; j < (isBurst ? 15 : 1); j++) {
                    simulation.in(at, this::append);
                }
            }
        }

        private void append() {
            String room = "room-" + random.nextInt(rooms);
            RoomEvent event = new RoomEvent(
                    room,
                    simulation.wall(),
                    "node",
                    new Happening.VersionCreated("v" + appended.size(), 1, "manual", Optional.empty()));
            try {
                Appended result = store.append(List.of(event), List.of(webhook.queue()));
                for (FiledEvent filed : result.filed()) {
                    appended.add(filed.id());
                    roomOf.put(filed.id(), room);
                }
                Hooks teller = nodes.get(random.nextInt(nodes.size())).hooks();
                result.buried().forEach((name, events) -> counts.buried(name, WebhookObserver.Reason.FULL, events));
                result.forgotten().forEach(counts::forgotten);
                if (random.nextBoolean()) {
                    teller.appended(result.filed());
                }
            } catch (EventStoreException e) {
                throw new AssertionError(e);
            }
        }

        private void changeMood() {
            if (isOver) {
                return;
            }
            Mood[] moods = Mood.values();
            mood = random.nextInt(3) == 0 ? Mood.WELL : moods[random.nextInt(moods.length - (isSometimesGone ? 0 : 1))];
            Duration most = mood == Mood.DOWN ? Duration.ofMinutes(100) : Duration.ofMinutes(15);
            if (mood == Mood.WELL || mood == Mood.SOME_ROOMS_FAIL) {
                resume(); // an operator has looked
            }
            simulation.in(upTo(most), this::changeMood);
        }

        private void resume() {
            for (SimulatedNode node : nodes) {
                try {
                    if (node.isAlive() && node.hooks().state(webhook) == WebhookState.SUSPENDED) {
                        node.hooks().resume(webhook);
                    }
                } catch (EventStoreException | InterruptedException e) {
                    throw new AssertionError(e);
                } catch (SimulatedNode.Died e) {
                    throw new AssertionError("a node that sends asks nobody", e);
                }
            }
        }

        private void killSome() {
            simulation.in(upTo(Duration.ofMinutes(30)), () -> {
                if (!isOver) {
                    kill(nodes.get(random.nextInt(nodes.size())));
                    killSome();
                }
            });
        }

        private void kill(SimulatedNode node) {
            if (node.isAlive()) {
                node.kill();
                simulation.in(upTo(Duration.ofMinutes(1)), () -> nodes.set(nodes.indexOf(node), node()));
            }
        }

        /** What goes wrong at a node, and what it has done so far. */
        private final class NodeFault implements FaultyStore.Fault {
            private final String id;
            private final SimulatedNode[] node;

            /** Rooms of which something is out, and events that the receiver has said to have, since it has the task. */
            private final Map<String, EventId> out = new HashMap<>();

            private final Set<EventId> acknowledged = new HashSet<>();

            NodeFault(String id, SimulatedNode[] node) {
                this.id = id;
                this.node = node;
            }

            @Override
            public void before(String call) throws EventStoreException {
                trouble(call);
            }

            @Override
            public void after(String call) throws EventStoreException {
                trouble(call);
            }

            private void trouble(String call) throws EventStoreException {
                checkAlive();
                if (!isWithFaults || isOver) {
                    return;
                }
                switch (random.nextInt(call.equals("take") || call.equals("queued") ? 4_000 : 400)) {
                    case 0 -> {
                        kill(node[0]);
                        checkAlive();
                    }
                    case 1 -> simulation.pass(upTo(Duration.ofSeconds(45)));
                    case 2, 3, 4 -> throw new EventStoreException("on purpose", null);
                    default -> {
                        // all is well
                    }
                }
                checkAlive();
            }

            private void checkAlive() {
                if (!node[0].isAlive()) {
                    throw new SimulatedNode.Died();
                }
            }

            @Override
            public void happened(String call, Object[] arguments, Object result) {
                switch (call) {
                    case "take" -> {
                        if (!arguments[0].equals("queue:crm")) {
                            return;
                        }
                        if (result.equals(true)) {
                            holder = id;
                            heldUntil = simulation.millis() + Dispatcher.PATIENCE.toMillis();
                        } else {
                            out.clear();
                            acknowledged.clear();
                        }
                    }
                    case "delivered" -> noted.add((EventId) arguments[1]);
                    default -> {
                        // not looked at
                    }
                }
            }
        }

        // ---- the receiver

        private CompletionStage<Attempt> bring(Letter letter, NodeFault sender) {
            EventId id = EventId.parse(letter.id()).orElseThrow();
            String room = room(letter);
            assertThat(sender.id).as("who sends has the task").isEqualTo(holder);
            assertThat(simulation.millis()).as("and has it still").isLessThan(heldUntil);
            assertThat(sender.out).as("one event of a room at a time").doesNotContainKey(room);
            assertThat(sender.out.size()).as("so many at once").isLessThan(webhook.concurrency());
            assertThat(noted).as("what was noted as delivered is not sent").doesNotContain(id);
            assertThat(sender.acknowledged)
                    .as("nor what this node knows to be delivered")
                    .doesNotContain(id);
            sender.out.put(room, id);
            CompletableFuture<Attempt> answer = new CompletableFuture<>();
            simulation.in(upTo(Duration.ofMillis(300)), () -> arrive(id, room, answer));
            return answer.whenComplete((attempt, error) -> {
                if (sender.out.get(room) == id) {
                    sender.out.remove(room);
                    if (attempt.isDelivered()) {
                        sender.acknowledged.add(id);
                    }
                }
            });
        }

        private static String room(Letter letter) {
            try {
                return String.valueOf(((JsonObject) Json.parse(letter.body())).string("room"));
            } catch (JsonException e) {
                throw new AssertionError(e);
            }
        }

        private void arrive(EventId id, String room, CompletableFuture<Attempt> answer) {
            int luck = random.nextInt(10);
            switch (mood) {
                case WELL -> receive(id, answer, Outcome.DELIVERED, upTo(Duration.ofMillis(100)), Optional.empty());
                case DOWN -> answer(answer, Outcome.FAILED, Duration.ZERO, Optional.empty());
                case HANGING -> {
                    if (luck < 5) {
                        receive(id, answer, Outcome.TIMEOUT, Duration.ofSeconds(10), Optional.empty());
                    } else {
                        answer(answer, Outcome.TIMEOUT, Duration.ofSeconds(10), Optional.empty());
                    }
                }
                case NONSENSE -> {
                    if (luck < 5) {
                        receive(id, answer, Outcome.FAILED, upTo(Duration.ofSeconds(1)), Optional.empty());
                    } else {
                        receive(id, answer, Outcome.DELIVERED, upTo(Duration.ofSeconds(1)), Optional.empty());
                    }
                }
                case SOME_ROOMS_FAIL -> {
                    if (room.hashCode() % 3 == 0) {
                        answer(answer, Outcome.REFUSED, Duration.ofMillis(5), Optional.empty());
                    } else {
                        receive(id, answer, Outcome.DELIVERED, Duration.ofMillis(5), Optional.empty());
                    }
                }
                case BUSY -> {
                    if (luck < 5) {
                        answer(answer, Outcome.REFUSED, Duration.ofMillis(5), Optional.of(upTo(Duration.ofMinutes(3))));
                    } else {
                        receive(id, answer, Outcome.DELIVERED, upTo(Duration.ofSeconds(9)), Optional.empty());
                    }
                }
                case GONE -> answer(answer, Outcome.GONE, Duration.ofMillis(5), Optional.empty());
            }
        }

        private void receive(
                EventId id,
                CompletableFuture<Attempt> answer,
                Outcome outcome,
                Duration after,
                Optional<Duration> retry) {
            receipts.merge(id, 1, Integer::sum);
            if (outcome != Outcome.DELIVERED) {
                excuses.merge(id, 1, Integer::sum);
            }
            if (received.add(id)) {
                firstReceived.add(id);
            }
            answer(answer, outcome, after, retry);
        }

        private void answer(
                CompletableFuture<Attempt> answer, Outcome outcome, Duration after, Optional<Duration> retry) {
            simulation.in(
                    after,
                    () -> answer.complete(new Attempt(outcome, OptionalInt.empty(), "as it is: " + outcome, retry)));
        }

        // ---- what must be so

        private Level level() {
            try {
                return store.level("crm");
            } catch (EventStoreException e) {
                throw new AssertionError(e);
            }
        }

        private List<DeadLetter> dead() throws EventStoreException {
            return store.dead("crm", Optional.empty(), 100_000);
        }

        private void checkAll() throws EventStoreException {
            Set<EventId> dead = new HashSet<>();
            dead().forEach(letter -> dead.add(letter.event().id()));
            List<EventId> silent = appended.stream()
                    .filter(id -> !received.contains(id) && !dead.contains(id))
                    .toList();
            assertThat(silent).as("neither received nor dead").isEmpty();
            assertThat(received)
                    .as("nothing is noted as delivered that was not")
                    .containsAll(noted);
            Set<EventId> left = new HashSet<>(noted);
            left.addAll(dead);
            assertThat(left)
                    .as("delivered and dead are all")
                    .containsAll(appended)
                    .hasSize(appended.size());
            assertThat(counts.forgotten).isZero(); // there are too few for that
            if (!isWithFaults) {
                assertThat(counts.buried).as("dead letters are counted").isEqualTo(dead.size());
            }
        }

        private void checkRepetition() {
            if (!isWithFaults) {
                receipts.forEach((id, times) -> assertThat(times)
                        .as("receipts of %s, which nothing was wrong with at the nodes", id)
                        .isLessThanOrEqualTo(1 + excuses.getOrDefault(id, 0)));
            }
        }

        private void checkOrder() {
            Map<String, Long> last = new HashMap<>();
            for (EventId id : firstReceived) {
                String room = roomOf.get(id);
                assertThat(id.number())
                        .as("first deliveries of %s are in its order", room)
                        .isGreaterThan(last.getOrDefault(room, -1L));
                last.put(room, id.number());
            }
        }

        private void resendAll() throws EventStoreException {
            Set<EventId> dead = new HashSet<>();
            dead().forEach(letter -> dead.add(letter.event().id()));
            for (int i = 0; i < 100 && level().dead() > 0; i++) {
                store.resend("crm", Optional.empty(), webhook.queue(), simulation.wall());
                assertThat(simulation.passUntil(Duration.ofHours(1), () -> level().waiting() == 0))
                        .as("dead letters come through when they are sent again, whichever node was told so")
                        .isTrue();
            }
            assertThat(received).containsAll(dead);
            assertThat(level().dead()).isZero();
        }
    }
}
