package dev.drawbridge.events.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.Appended;
import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.EventType;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.MemoryEventStore;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.hooks.Attempt.Outcome;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** In virtual time. */
@DisplayName("What is sent to a webhook")
@ExtendWith(OutputCaptureExtension.class)
class DispatcherTest {
    private final Simulation simulation = new Simulation();
    private final EventStore store = new MemoryEventStore("0123abcd", new EventStore.Kept(100, 1 << 20), simulation);
    private final List<Call> calls = new ArrayList<>();
    private final Counts counts = new Counts();
    private Webhook webhook = webhook(Duration.ofDays(1), 10_000, 8);

    /** What the receiver answers. */
    private Function<Call, Attempt> receiver = _ -> ok();

    private Duration latency = Duration.ofMillis(10);

    private record Call(String room, String id, Instant time, String node) {}

    private static final class Counts implements WebhookObserver {
        private final List<Reason> buried = new ArrayList<>();
        private final List<Outcome> outcomes = new ArrayList<>();
        private Optional<Level> level = Optional.empty();

        @Override
        public void attempted(String name, Outcome outcome, long nanos) {
            outcomes.add(outcome);
        }

        @Override
        public void buried(String name, Reason reason, int events) {
            for (int i = 0; i < events; i++) {
                buried.add(reason);
            }
        }

        @Override
        public void forgotten(String name, int deadLetters) {
            throw new AssertionError("there are too few for that");
        }

        @Override
        public void level(String name, Optional<Level> seen) {
            level = seen;
        }
    }

    private static Webhook webhook(Duration giveUpAfter, int queue, int concurrency) {
        return new Webhook(
                "crm",
                URI.create("http://receiver/"),
                List.of(Secret.of("a-secret-of-the-team-2026-1")),
                EnumSet.allOf(EventType.class),
                "*",
                false,
                Duration.ofSeconds(10),
                giveUpAfter,
                queue,
                64 << 20,
                concurrency);
    }

    private static Attempt ok() {
        return new Attempt(Outcome.DELIVERED, OptionalInt.of(204), "answered 204", Optional.empty());
    }

    private static Attempt refused() {
        return new Attempt(Outcome.REFUSED, OptionalInt.of(500), "answered 500: no", Optional.empty());
    }

    private static Attempt gone() {
        return new Attempt(Outcome.GONE, OptionalInt.of(410), "answered 410", Optional.empty());
    }

    private SimulatedNode node(String id) {
        return new SimulatedNode(
                        simulation, id, List.of(webhook), store, new Random(7), letter -> bring(id, letter), counts)
                .start();
    }

    private CompletionStage<Attempt> bring(String node, Letter letter) {
        CompletableFuture<Attempt> answer = new CompletableFuture<>();
        Call call = new Call(room(letter), letter.id(), simulation.wall(), node);
        calls.add(call);
        Attempt attempt = receiver.apply(call);
        simulation.in(latency, () -> answer.complete(attempt));
        return answer;
    }

    private static String room(Letter letter) {
        try {
            return String.valueOf(((JsonObject) Json.parse(letter.body())).string("room"));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    /** Appends an event to each of the rooms. */
    private List<EventId> append(String... rooms) throws EventStoreException {
        List<EventId> ids = new ArrayList<>();
        for (String room : rooms) {
            Appended appended = store.append(
                    List.of(new RoomEvent(
                            room,
                            simulation.wall(),
                            "node",
                            new Happening.VersionCreated("v", 1, "manual", Optional.empty()))),
                    List.of(webhook.queue()));
            appended.filed().forEach(filed -> ids.add(filed.id()));
            appended.buried().forEach((name, events) -> full += events);
        }
        return ids;
    }

    private int full;

    private Level level() throws EventStoreException {
        return store.level("crm");
    }

    private List<DeadLetter> dead() throws EventStoreException {
        return store.dead("crm", Optional.empty(), 1_000);
    }

    private List<Instant> timesOf(String room) {
        return calls.stream()
                .filter(call -> call.room().equals(room))
                .map(Call::time)
                .toList();
    }

    @Test
    @DisplayName("goes at once when this node has written it down, and within a second when another has")
    void atOnce() throws Exception {
        SimulatedNode node = node("a");
        simulation.pass(Duration.ofMillis(3_500));
        Instant begun = simulation.wall();
        node.hooks()
                .appended(store.append(
                                List.of(new RoomEvent(
                                        "r",
                                        begun,
                                        "a",
                                        new Happening.VersionCreated("v", 1, "api", Optional.empty()))),
                                List.of(webhook.queue()))
                        .filed());
        simulation.pass(Duration.ofMillis(20));
        assertThat(timesOf("r")).hasSize(1);

        append("s");
        simulation.pass(Duration.ofSeconds(1));
        assertThat(timesOf("s")).hasSize(1);
        assertThat(level().waiting()).isZero();
    }

    @Nested
    @DisplayName("when the receiver fails")
    class Failing {

        @Test
        @DisplayName(
                "for an hour: is tried again after 5 seconds to 10 minutes, in the room's order, and comes through")
        void anHour() throws Exception {
            Instant back = simulation.wall().plus(Duration.ofHours(1));
            receiver = call -> call.time().isBefore(back) ? refused() : ok();
            node("a");
            List<EventId> ids = append("r", "r", "r");

            simulation.pass(Duration.ofMinutes(72));

            List<Instant> times = timesOf("r");
            List<Duration> pauses = new ArrayList<>();
            for (int i = 1; i < times.size() - 2; i++) {
                pauses.add(Duration.between(times.get(i - 1), times.get(i)));
            }
            assertThat(pauses)
                    .hasSizeBetween(10, 14)
                    .allMatch(pause -> pause.compareTo(Duration.ofSeconds(5)) >= 0)
                    .allMatch(pause -> pause.compareTo(Duration.ofSeconds(602)) < 0)
                    .startsWith(pauses.stream().sorted().limit(6).toArray(Duration[]::new));
            assertThat(pauses.getLast()).isGreaterThan(Duration.ofMinutes(7));
            assertThat(calls.subList(calls.size() - 3, calls.size()).stream().map(Call::id))
                    .containsExactly(
                            ids.get(0).text(), ids.get(1).text(), ids.get(2).text());
            assertThat(calls.subList(0, calls.size() - 2).stream().map(Call::id).distinct())
                    .containsExactly(ids.getFirst().text());
            assertThat(level().waiting()).isZero();
        }

        @Test
        @DisplayName("for a room: goes on to others, however many of that room wait, and in both orders")
        void aRoom() throws Exception {
            webhook = webhook(Duration.ofDays(1), 10_000, 2);
            receiver = call -> call.room().equals("bad") ? refused() : ok();
            for (int i = 0; i < 700; i++) {
                append("bad");
            }
            append("good-1");
            for (int i = 0; i < 700; i++) {
                append("bad");
            }
            append("good-2");
            node("a");

            simulation.pass(Duration.ofSeconds(2));
            assertThat(timesOf("good-1")).hasSize(1);
            assertThat(timesOf("good-2")).hasSize(1);
            append("good-3");
            simulation.pass(Duration.ofSeconds(2));
            assertThat(timesOf("good-3")).hasSize(1);
            assertThat(timesOf("bad")).hasSize(1);
            assertThat(level().waiting()).isEqualTo(1_400);

            receiver = _ -> ok();
            simulation.pass(Duration.ofMinutes(5));
            assertThat(level().waiting()).isZero();
            assertThat(calls.stream().filter(call -> call.room().equals("bad")).map(call -> EventId.parse(call.id())
                            .orElseThrow()))
                    .isSortedAccordingTo(Comparator.naturalOrder());
        }

        @Test
        @DisplayName("for many rooms at once: goes on to others")
        void manyRooms() throws Exception {
            receiver = call -> call.room().startsWith("bad") ? refused() : ok();
            for (int i = 0; i < 500; i++) {
                append("bad-" + i);
            }
            append("good");
            node("a");

            simulation.pass(Duration.ofSeconds(60));

            assertThat(timesOf("good")).hasSize(1);
        }

        @Test
        @DisplayName("is left alone for as long as it asks, but not for more than an hour")
        void retryAfter() throws Exception {
            List<Duration> asked =
                    new ArrayList<>(List.of(Duration.ofMinutes(3), Duration.ofDays(3), Duration.ofMillis(1)));
            receiver = _ -> asked.isEmpty()
                    ? ok()
                    : new Attempt(
                            Outcome.REFUSED, OptionalInt.of(429), "answered 429", Optional.of(asked.removeFirst()));
            node("a");
            append("r");

            simulation.pass(Duration.ofHours(2));

            List<Instant> times = timesOf("r");
            assertThat(times).hasSize(4);
            assertThat(Duration.between(times.get(0), times.get(1)))
                    .isBetween(Duration.ofMinutes(3), Duration.ofSeconds(182));
            assertThat(Duration.between(times.get(1), times.get(2)))
                    .isBetween(Duration.ofHours(1), Duration.ofSeconds(3602));
            assertThat(Duration.between(times.get(2), times.get(3)))
                    .isBetween(Duration.ofSeconds(16), Duration.ofSeconds(26));
        }

        @Test
        @DisplayName("for a day: becomes a dead letter that says why, and the next one of its room has its turn")
        void givenUp() throws Exception {
            node("a");
            receiver = _ -> refused();
            List<EventId> ids = append("r");
            simulation.pass(Duration.ofHours(1));
            ids.addAll(append("r"));

            simulation.pass(Duration.ofHours(22).plusMinutes(50));
            assertThat(dead()).isEmpty();
            simulation.pass(Duration.ofMinutes(25));
            assertThat(dead()).singleElement().satisfies(letter -> {
                assertThat(letter.event().id()).isEqualTo(ids.getFirst());
                assertThat(letter.attempts()).isGreaterThan(140);
                assertThat(letter.why()).startsWith("given up after 1").endsWith("attempts: answered 500: no");
            });
            assertThat(counts.buried).containsExactly(WebhookObserver.Reason.GIVEN_UP);
            assertThat(calls.getLast().id()).isEqualTo(ids.getLast().text());
        }

        @Test
        @DisplayName("is not given up at the first failure because the server was not there for a weekend")
        void notAtOnce() throws Exception {
            append("r");
            simulation.pass(Duration.ofDays(3));
            Instant back = simulation.wall().plus(Duration.ofMinutes(5));
            receiver = call -> call.time().isBefore(back) ? refused() : ok();
            node("a");

            simulation.pass(Duration.ofMinutes(15));

            assertThat(dead()).isEmpty();
            assertThat(level().waiting()).isZero();
        }

        @Test
        @DisplayName("is said once in the log, without what a stranger wrote")
        void log(CapturedOutput output) throws Exception {
            receiver = call -> call.time().isBefore(Simulation.BEGIN.plusSeconds(3_600)) ? refused() : ok();
            node("a");
            append("r", "s", "t");
            simulation.pass(Duration.ofHours(2));

            assertThat(output.toString().lines().filter(line -> line.contains("webhook crm")))
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .contains("does not take an event")
                                    .contains("answered 500"),
                            line -> assertThat(line).contains("takes events again"));
        }
    }

    @Nested
    @DisplayName("to a receiver that is no more")
    class Gone {

        @Test
        @DisplayName("becomes dead letters, until somebody resumes it; and can be sent again")
        void suspended(CapturedOutput output) throws Exception {
            receiver = _ -> gone();
            SimulatedNode node = node("a");
            for (int i = 0; i < 100; i++) {
                append("r" + i % 9);
            }
            simulation.pass(Duration.ofSeconds(5));
            append("later");
            simulation.pass(Duration.ofSeconds(5));

            int called = calls.size();
            assertThat(called).isLessThanOrEqualTo(8);
            assertThat(node.hooks().state(webhook)).isEqualTo(WebhookState.SUSPENDED);
            assertThat(level().waiting()).isZero();
            assertThat(dead()).hasSize(101).allMatch(letter -> letter.why().equals("answered 410"));
            assertThat(counts.buried).hasSize(101).containsOnly(WebhookObserver.Reason.GONE);
            assertThat(output.toString().lines().filter(line -> line.contains("webhook crm")))
                    .hasSize(1);

            receiver = _ -> ok();
            assertThat(node.hooks().resume(webhook)).isTrue();
            simulation.pass(Duration.ofSeconds(2));
            append("new");
            simulation.pass(Duration.ofSeconds(2));
            assertThat(node.hooks().state(webhook)).isEqualTo(WebhookState.SENDING);
            assertThat(calls.subList(called, calls.size()))
                    .extracting(Call::room)
                    .containsExactly("new");

            assertThat(node.hooks()
                            .resend(
                                    webhook,
                                    Optional.of(
                                            List.of(dead().getFirst().event().id()))))
                    .hasSize(1);
            simulation.pass(Duration.ofSeconds(1));
            assertThat(dead()).hasSize(100);
            assertThat(node.hooks().resend(webhook, Optional.empty())).hasSize(100);
            simulation.pass(Duration.ofSeconds(5));
            assertThat(dead()).isEmpty();
            assertThat(level().waiting()).isZero();
            assertThat(calls.subList(called, calls.size())).hasSize(102);
        }

        @Test
        @DisplayName("is resumed by another node than the one that sends as well")
        void resumedElsewhere() throws Exception {
            receiver = _ -> gone();
            SimulatedNode sender = node("a");
            append("r");
            simulation.pass(Duration.ofSeconds(3));
            SimulatedNode other = node("b");
            simulation.pass(Duration.ofSeconds(3));
            assertThat(sender.hooks().state(webhook)).isEqualTo(WebhookState.SUSPENDED);
            assertThat(other.hooks().state(webhook)).isEqualTo(WebhookState.ELSEWHERE);

            receiver = _ -> ok();
            assertThat(other.hooks().resume(webhook)).isTrue();
            simulation.pass(Duration.ofSeconds(3));

            assertThat(sender.hooks().state(webhook)).isEqualTo(WebhookState.SENDING);
        }
    }

    @Nested
    @DisplayName("by several nodes")
    class Several {

        @Test
        @DisplayName(
                "is sent by one of them, and by another when that is killed: with its attempts, and within seconds")
        void killed() throws Exception {
            receiver = call -> call.room().equals("bad") ? refused() : ok();
            SimulatedNode a = node("a");
            simulation.pass(Duration.ofSeconds(2));
            node("b");
            append("r", "bad");
            simulation.pass(Duration.ofMinutes(3));
            int attempts = timesOf("bad").size();
            assertThat(calls).extracting(Call::node).containsOnly("a");

            a.kill();
            append("r");
            Instant killed = simulation.wall();
            simulation.pass(Duration.ofSeconds(17));
            assertThat(calls.getLast().node()).isEqualTo("b");
            assertThat(timesOf("r")).hasSize(2);
            assertThat(Duration.between(killed, timesOf("r").getLast())).isLessThan(Dispatcher.PATIENCE.plusSeconds(2));

            simulation.pass(Duration.ofMinutes(10));
            List<Instant> times = timesOf("bad");
            assertThat(Duration.between(times.get(attempts - 1), times.get(attempts)))
                    .as("the backoff goes on where it was")
                    .isGreaterThan(Duration.ofSeconds(60));
        }

        @Test
        @DisplayName(
                "goes on at once at another node when one is stopped in good order, which waits for what is under way")
        void stopped() throws Exception {
            latency = Duration.ofSeconds(2);
            SimulatedNode a = node("a");
            simulation.pass(Duration.ofSeconds(2));
            node("b");
            append("r", "r");
            simulation.passUntil(Duration.ofSeconds(5), () -> !calls.isEmpty());
            Dispatcher ending = a.hooks().dispatcher(webhook);
            CompletableFuture<Void> end = ending.end().toCompletableFuture();
            simulation.pass(Duration.ofSeconds(1));
            assertThat(end).isNotDone();
            simulation.pass(Duration.ofMillis(3_500));

            assertThat(end).isDone();
            assertThat(calls).extracting(Call::node).containsExactly("a", "b");
            assertThat(calls.get(0).id()).isNotEqualTo(calls.get(1).id());
        }

        @Test
        @DisplayName("is sent again within seconds when an operator asks another node for it")
        void resentElsewhere() throws Exception {
            receiver = _ -> gone();
            SimulatedNode a = node("a");
            append("r");
            simulation.pass(Duration.ofSeconds(3));
            SimulatedNode b = node("b");
            receiver = _ -> ok();
            a.hooks().resume(webhook);
            simulation.pass(Duration.ofSeconds(1));
            append("r", "s"); // later ones are known already
            simulation.pass(Duration.ofSeconds(3));
            int called = calls.size();

            assertThat(b.hooks().resend(webhook, Optional.empty())).hasSize(1);
            simulation.pass(Dispatcher.RENEWAL.plusSeconds(2));

            assertThat(calls).hasSize(called + 1);
            assertThat(calls.getLast().node()).isEqualTo("a");
        }
    }

    @Test
    @DisplayName("is so many calls at once at most, and for a room one")
    void concurrency() throws Exception {
        webhook = webhook(Duration.ofDays(1), 10_000, 3);
        latency = Duration.ofSeconds(5);
        for (int i = 0; i < 10; i++) {
            append("r" + i, "r" + i);
        }
        node("a");

        simulation.pass(Duration.ofSeconds(4));
        assertThat(calls).hasSize(3).extracting(Call::room).doesNotHaveDuplicates();
        simulation.pass(Duration.ofSeconds(5));
        assertThat(calls).hasSize(6).extracting(Call::room).doesNotHaveDuplicates();
        simulation.pass(Duration.ofSeconds(30));
        assertThat(level().waiting()).isZero();
    }

    @Test
    @DisplayName("and finds no room in its queue is a dead letter, and comes through when it is sent again")
    void full() throws Exception {
        webhook = webhook(Duration.ofDays(1), 10, 8);
        receiver = _ -> refused();
        SimulatedNode node = node("a");
        simulation.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 25; i++) {
            append("r");
        }
        simulation.pass(Duration.ofSeconds(6));

        assertThat(level().waiting()).isEqualTo(10);
        assertThat(dead()).hasSize(15).allMatch(letter -> letter.attempts() == 0);
        assertThat(full).isEqualTo(15);
        assertThat(counts.level.orElseThrow().waiting()).isEqualTo(10);

        receiver = _ -> ok();
        simulation.pass(Duration.ofMinutes(1));
        node.hooks().resend(webhook, Optional.empty());
        simulation.pass(Duration.ofSeconds(10));
        node.hooks().resend(webhook, Optional.empty());
        simulation.pass(Duration.ofSeconds(10));
        assertThat(level()).extracting(Level::waiting, Level::dead).containsExactly(0L, 0L);
        assertThat(calls.stream().map(Call::id).distinct()).hasSize(25);
    }

    @Test
    @DisplayName("to see whether it works goes at once, whatever waits, and even when it is suspended")
    void test() throws Exception {
        receiver = _ -> gone();
        SimulatedNode node = node("a");
        append("r");
        simulation.pass(Duration.ofSeconds(3));
        receiver = _ -> ok();

        CompletableFuture<Attempt> attempt = node.hooks().test(webhook).toCompletableFuture();
        simulation.pass(Duration.ofMillis(20));

        assertThat(attempt).isCompletedWithValueMatching(Attempt::isDelivered);
        assertThat(calls.getLast().id()).startsWith("test-");
        assertThat(counts.outcomes).endsWith(Outcome.DELIVERED);
    }
}
