package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventStore.Appended;
import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.EventStore.Kept;
import dev.drawbridge.events.EventStore.Level;
import dev.drawbridge.events.EventStore.Page;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStore.Queued;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Counts;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.events.Happening.VersionCreated;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Limit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link EventStore} promises. The numbers are those of its INVARIANTS. */
public abstract class EventStoreContract {
    protected static final Instant START = Instant.parse("2026-11-28T17:00:00.123Z");
    protected static final Kept PLENTY = new Kept(10_000, 32L << 20);
    protected static final int ANY = 10_000;

    protected EventStore store;

    /**
     * A store in this test's own home: empty at first, with what was put there when it is called again. The one before is
     * closed then.
     */
    protected abstract EventStore openStore(Kept kept) throws EventStoreException;

    @BeforeEach
    void open() throws EventStoreException {
        store = openStore(PLENTY);
    }

    @AfterEach
    void close() {
        store.close();
    }

    protected final void reopen(Kept kept) throws EventStoreException {
        store.close();
        store = openStore(kept);
    }

    protected static RoomEvent event(String room, String node, Happening what) {
        return new RoomEvent(room, START, node, what);
    }

    protected static RoomEvent event(String room, Happening what) {
        return event(room, "n1", what);
    }

    protected static Changed changed(long since, long clock) {
        return new Changed(since, clock, Optional.of(new Counts(1, 2, 3, 400)), List.of(), Optional.empty());
    }

    /** A queue that takes all in. */
    protected static Queue queue(String name) {
        return new Queue(name, event -> true, 10_000, 64L << 20);
    }

    protected static Queue queue(String name, int mostEvents) {
        return new Queue(name, event -> true, mostEvents, 64L << 20);
    }

    /** Changes of a room from clock to clock, the room's making before. */
    protected static List<RoomEvent> changes(String room, long clock) {
        List<RoomEvent> events = new ArrayList<>(List.of(event(room, new Created(0))));
        LongStream.range(0, clock).forEach(since -> events.add(event(room, changed(since, since + 1))));
        return events;
    }

    protected final List<FiledEvent> append(List<RoomEvent> events, Queue... queues) throws EventStoreException {
        return store.append(events, List.of(queues)).filed();
    }

    protected final List<FiledEvent> append(RoomEvent event, Queue... queues) throws EventStoreException {
        return append(List.of(event), queues);
    }

    /** What is in the log, page by page. */
    protected final List<FiledEvent> log() throws EventStoreException {
        List<FiledEvent> events = new ArrayList<>();
        Page page = store.after(Optional.empty(), 7);
        while (!page.events().isEmpty()) {
            events.addAll(page.events());
            page = store.after(Optional.of(page.last()), 7);
        }
        return events;
    }

    protected final List<FiledEvent> waiting(String queue) throws EventStoreException {
        List<FiledEvent> events = new ArrayList<>();
        List<Queued> page = store.queued(queue, Optional.empty(), 7);
        while (!page.isEmpty()) {
            page.forEach(each -> events.add(each.event()));
            page = store.queued(queue, Optional.of(events.getLast().id()), 7);
        }
        return events;
    }

    protected final List<DeadLetter> dead(String queue) throws EventStoreException {
        List<DeadLetter> letters = new ArrayList<>();
        List<DeadLetter> page = store.dead(queue, Optional.empty(), 300);
        while (!page.isEmpty()) {
            letters.addAll(page);
            page = store.dead(queue, Optional.of(letters.getLast().event().id()), 300);
        }
        return letters;
    }

    protected static List<RoomEvent> events(List<FiledEvent> filed) {
        return filed.stream().map(FiledEvent::event).toList();
    }

    protected static List<EventId> ids(List<FiledEvent> filed) {
        return filed.stream().map(FiledEvent::id).toList();
    }

    // ---- what has happened

    @Test
    @DisplayName(
            "Every kind of event comes back as it was, with odd texts and diffs, also to who opens the store again")
    void kinds() throws EventStoreException {
        Person ann = new Person("s\ud800\u0000'", Optional.of("ann"), Optional.of("Ann \ud83d\ude00\udc00"));
        Person nobody = new Person("s2", Optional.empty(), Optional.empty());
        Diff diff = new Diff(
                List.of(JsonObject.builder()
                        .put("id", "shape:1")
                        .put("x", -0.5)
                        .put("\udfff", "\ud800")
                        .build()),
                List.of("shape:2"),
                true);
        List<RoomEvent> told = List.of(
                event("room", new Created(0)),
                event("room", new Opened(0)),
                event("room", new Joined(ann, false)),
                event("room", new Joined(nobody, true)),
                event(
                        "room",
                        new Changed(
                                0,
                                1L << 50,
                                Optional.of(new Counts(1, 2, 3, 1L << 40)),
                                List.of(ann, nobody),
                                Optional.of(diff))),
                event(
                        "room",
                        new Changed(
                                1L << 50, (1L << 50) + 1, Optional.empty(), List.of(), Optional.of(Diff.TOO_LARGE))),
                event("room", new VersionCreated("v1", 7, "named", Optional.of("It's \"done\""))),
                event("room", new VersionCreated("v2", 7, "auto", Optional.empty())),
                event("room", new LimitHit(Limit.RECORDS_PER_ROOM, 12)),
                event("room", new Left(ann)),
                event("room", new Closed(Closed.Why.ENDED)),
                event("room", new Deleted()));

        List<FiledEvent> filed = append(told, queue("a"));

        assertThat(events(filed)).isEqualTo(told);
        assertThat(log()).isEqualTo(filed);
        assertThat(waiting("a")).isEqualTo(filed);
        reopen(PLENTY);
        assertThat(log()).isEqualTo(filed);
        assertThat(waiting("a")).isEqualTo(filed);
    }

    @Test
    @DisplayName("[1] Ids grow in the order in which events were appended, and those of a lot follow each other")
    void order() throws EventStoreException {
        List<FiledEvent> filed = new ArrayList<>(append(changes("a", 3)));
        filed.addAll(append(changes("b", 3)));
        filed.addAll(append(event("a", changed(3, 4))));

        assertThat(ids(filed)).isSorted().doesNotHaveDuplicates();
        assertThat(filed.stream().map(each -> each.id().log()).distinct()).hasSize(1);
        assertThat(store.last()).isEqualTo(filed.getLast().id());
        assertThat(log()).isEqualTo(filed);
    }

    @Test
    @DisplayName("[2] What the story says already is not told again, and what it misses is")
    void telling() throws EventStoreException {
        append(changes("room", 3));
        assertThat(append(changes("room", 3))).isEmpty();
        append(event("room", "n1", new Opened(3)));
        assertThat(append(event("room", "n1", new Opened(3)))).isEmpty();

        List<FiledEvent> moved = append(event("room", "n2", new Opened(5)), queue("a"));

        assertThat(events(moved))
                .containsExactly(
                        event("room", "n1", new Closed(Closed.Why.LOST)),
                        event("room", "n2", new Changed(3, 5, Optional.empty(), List.of(), Optional.empty())),
                        event("room", "n2", new Opened(5)));
        assertThat(waiting("a")).isEqualTo(moved);
        assertThat(store.stories(List.of("room", "other"))).isEqualTo(Map.of("room", new Story(5, Optional.of("n2"))));
    }

    @Test
    @DisplayName("Nothing appended is nothing")
    void nothing() throws EventStoreException {
        Appended appended = store.append(List.of(), List.of(queue("a")));

        assertThat(appended).isEqualTo(new Appended(List.of(), Map.of(), Map.of()));
        assertThat(store.queues()).isEmpty();
    }

    @Test
    @DisplayName("Stories are found by rooms, one after the other, and by whether they are open")
    void stories() throws EventStoreException {
        store.know(Map.of("b", 4L, "a", 1L));
        append(event("c", "n1", new Opened(9)));
        append(event("d", new Created(0)));
        store.know(Map.of("c", 1L, "e", 2L));

        Story known = new Story(4, Optional.empty());
        assertThat(store.stories(List.of("b", "x"))).isEqualTo(Map.of("b", known));
        assertThat(store.stories(List.of())).isEmpty();
        assertThat(store.storiesAfter(Optional.empty(), 2).keySet()).containsExactly("a", "b");
        assertThat(store.storiesAfter(Optional.of("b"), 10).keySet()).containsExactly("c", "d", "e");
        assertThat(store.storiesAfter(Optional.of("e"), 10)).isEmpty();
        assertThat(store.open()).isEqualTo(Map.of("c", new Story(9, Optional.of("n1"))));
        assertThat(log()).hasSize(3);

        append(event("c", "n1", new Closed(Closed.Why.ENDED)));
        append(event("d", new Deleted()));

        assertThat(store.open()).isEmpty();
        assertThat(store.stories(List.of("c", "d"))).isEqualTo(Map.of("c", new Story(9, Optional.empty())));
    }

    @Test
    @DisplayName("That all rooms are known, and which nodes have not ended, is remembered")
    void remembered() throws EventStoreException {
        assertThat(store.isSettled()).isFalse();
        assertThat(store.nodes()).isEmpty();

        store.settle();
        store.began("n1");
        store.began("n2");
        store.began("n2");
        store.ended("n1");
        store.ended("n3");
        reopen(PLENTY);

        assertThat(store.isSettled()).isTrue();
        assertThat(store.nodes()).containsExactly("n2");
    }

    // ---- the log

    @Test
    @DisplayName("An empty log has an end, from which it can be followed")
    void empty() throws EventStoreException {
        Page page = store.after(Optional.empty(), ANY);
        assertThat(page).isEqualTo(new Page(List.of(), false, store.last()));

        List<FiledEvent> filed = append(changes("room", 2));

        assertThat(store.after(Optional.of(page.last()), ANY))
                .isEqualTo(new Page(filed, false, filed.getLast().id()));
    }

    @Test
    @DisplayName("A page begins after an id, has no more than asked for, and says where to go on")
    void pages() throws EventStoreException {
        List<FiledEvent> filed = append(changes("room", 9));

        assertThat(store.after(Optional.of(filed.get(3).id()), 2))
                .isEqualTo(new Page(filed.subList(4, 6), false, filed.get(5).id()));
        assertThat(store.after(Optional.of(filed.getLast().id()), 2))
                .isEqualTo(new Page(List.of(), false, filed.getLast().id()));
        assertThat(store.after(Optional.empty(), 1))
                .isEqualTo(new Page(filed.subList(0, 1), false, filed.getFirst().id()));
    }

    @Test
    @DisplayName(
            "Who comes with an id of another log, or of one that is not given yet, begins with the oldest and is told so")
    void strangers() throws EventStoreException {
        List<FiledEvent> filed = append(changes("room", 2));
        EventId last = store.last();
        String other = last.log().equals("00000000") ? "00000001" : "00000000";

        assertThat(store.after(Optional.of(new EventId(other, last.number())), ANY))
                .isEqualTo(new Page(filed, true, last));
        assertThat(store.after(Optional.of(new EventId(last.log(), last.number() + 1)), ANY))
                .isEqualTo(new Page(filed, true, last));
    }

    @Test
    @DisplayName("[4] The log keeps the newest events up to its bounds, and says what was missed; queues keep theirs")
    void window() throws EventStoreException {
        reopen(new Kept(5, 1 << 20));
        List<FiledEvent> filed = new ArrayList<>(append(changes("room", 3), queue("a")));
        for (long clock = 3; clock < 40; clock++) {
            filed.addAll(append(event("room", changed(clock, clock + 1)), queue("a")));
        }

        List<FiledEvent> log = log();
        List<FiledEvent> older = filed.subList(0, filed.size() - log.size());
        assertThat(log).hasSizeGreaterThanOrEqualTo(5).hasSizeLessThan(20).endsWith(filed.getLast());
        assertThat(filed).endsWith(log.toArray(FiledEvent[]::new));
        assertThat(store.after(Optional.of(older.get(older.size() - 2).id()), ANY))
                .isEqualTo(new Page(log, true, filed.getLast().id()));
        assertThat(store.after(Optional.of(older.getLast().id()), ANY))
                .isEqualTo(new Page(log, false, filed.getLast().id()));
        assertThat(store.after(Optional.empty(), ANY))
                .isEqualTo(new Page(log, false, filed.getLast().id()));
        assertThat(waiting("a")).isEqualTo(filed);
        assertThat(append(event("room", changed(39, 40)))).isEmpty();
    }

    // ---- queues

    @Test
    @DisplayName("A queue has what it wants, and each queue its own")
    void wants() throws EventStoreException {
        Queue deletions = new Queue("b", event -> event.what() instanceof Deleted, 10, 1 << 20);

        List<FiledEvent> filed = append(changes("room", 2), queue("a"), deletions);
        List<FiledEvent> deleted = append(event("room", new Deleted()), queue("a"), deletions);
        append(event("room", new Created(0)));

        assertThat(waiting("b")).isEqualTo(deleted);
        assertThat(waiting("a"))
                .hasSize(4)
                .startsWith(filed.toArray(FiledEvent[]::new))
                .endsWith(deleted.getFirst());
        assertThat(store.queues()).containsExactlyInAnyOrder("a", "b");
        assertThat(waiting("c")).isEmpty();
    }

    @Test
    @DisplayName("What waits is due at once; it is postponed, delivered or buried, and nothing of that twice")
    void queue() throws EventStoreException {
        List<FiledEvent> filed = append(changes("room", 3), queue("a"), queue("b"));
        assertThat(store.queued("a", Optional.of(filed.get(1).id()), 1))
                .containsExactly(new Queued(filed.get(2), 0, START));

        store.postpone("a", filed.get(2).id(), 3, START.plusMillis(7));
        store.delivered("a", filed.getFirst().id());
        store.delivered("a", filed.getFirst().id());
        int forgotten = store.bury("a", filed.get(3).id(), "It's \ud83d\ude00", START.plusMillis(9));
        store.bury("a", filed.get(3).id(), "again", START);
        store.bury("a", filed.getFirst().id(), "delivered", START);
        store.postpone("a", filed.getFirst().id(), 3, START);
        store.delivered("a", filed.get(3).id());

        assertThat(forgotten).isZero();
        assertThat(store.queued("a", Optional.empty(), ANY))
                .containsExactly(new Queued(filed.get(1), 0, START), new Queued(filed.get(2), 3, START.plusMillis(7)));
        assertThat(dead("a"))
                .containsExactly(new DeadLetter(filed.get(3), 0, "It's \ud83d\ude00", START.plusMillis(9)));
        assertThat(waiting("b")).isEqualTo(filed);
        assertThat(log()).isEqualTo(filed);
    }

    @Test
    @DisplayName("Ids of another log are nobody's")
    void otherLog() throws EventStoreException {
        List<FiledEvent> filed = append(changes("room", 1), queue("a"));
        EventId first = filed.getFirst().id();
        EventId other = new EventId(first.log().equals("00000000") ? "00000001" : "00000000", first.number());

        store.delivered("a", other);
        store.postpone("a", other, 1, START.plusMillis(1));
        store.bury("a", other, "why", START);
        store.bury("a", first, "why", START);

        assertThat(store.resend("a", Optional.of(List.of(other)), queue("a"), START))
                .isEmpty();
        assertThat(store.discard("a", Optional.of(List.of(other)))).isZero();
        assertThat(waiting("a")).isEqualTo(filed.subList(1, 2));
        assertThat(dead("a")).hasSize(1);
    }

    @Test
    @DisplayName("[5] What does not fit into a queue is a dead letter at once, by number and by bytes")
    void full() throws EventStoreException {
        List<RoomEvent> events = changes("room", 4);
        long bytes = (long) EventFormat.stored(events.get(0)).length + EventFormat.stored(events.get(1)).length;
        Queue narrow = new Queue("b", event -> true, 100, bytes);

        Appended appended = store.append(events, List.of(queue("a", 3), narrow));

        List<FiledEvent> filed = appended.filed();
        assertThat(appended.buried()).isEqualTo(Map.of("a", 2, "b", 3));
        assertThat(appended.forgotten()).isEmpty();
        assertThat(waiting("a")).isEqualTo(filed.subList(0, 3));
        assertThat(waiting("b")).isEqualTo(filed.subList(0, 2));
        assertThat(dead("a")).hasSize(2).allSatisfy(letter -> {
            assertThat(letter.attempts()).isZero();
            assertThat(letter.why()).isEqualTo(EventStore.QUEUE_FULL);
        });
        assertThat(store.level("b").bytes()).isEqualTo(bytes);

        store.delivered("a", filed.getFirst().id());
        store.append(List.of(event("room", changed(4, 5))), List.of(queue("a", 3)));

        assertThat(waiting("a")).hasSize(3);
    }

    @Test
    @DisplayName("Levels say what waits, since when, and what is dead")
    void levels() throws EventStoreException {
        assertThat(store.level("a")).isEqualTo(new Level(0, 0, Optional.empty(), 0));
        RoomEvent first = new RoomEvent("room", START.minusMillis(5), "n1", new Created(0));
        List<FiledEvent> filed = new ArrayList<>(append(first, queue("a")));
        filed.addAll(append(changes("other", 2), queue("a")));
        long bytes = filed.stream()
                .mapToLong(each -> EventFormat.stored(each.event()).length)
                .sum();

        assertThat(store.level("a")).isEqualTo(new Level(4, bytes, Optional.of(START.minusMillis(5)), 0));
        store.bury("a", filed.getFirst().id(), "why", START);
        bytes -= EventFormat.stored(first).length;
        assertThat(store.level("a")).isEqualTo(new Level(3, bytes, Optional.of(START), 1));
        for (FiledEvent each : filed) {
            store.delivered("a", each.id());
        }
        assertThat(store.level("a")).isEqualTo(new Level(0, 0, Optional.empty(), 1));
        assertThat(store.queues()).containsExactly("a");
        store.discard("a", Optional.empty());
        assertThat(store.queues()).isEmpty();
    }

    @Test
    @DisplayName("Dead letters are resent in their places as if never tried, as far as there is room")
    void resent() throws EventStoreException {
        List<FiledEvent> filed = append(changes("room", 5), queue("a"));
        for (FiledEvent each : filed.subList(0, 5)) {
            store.postpone("a", each.id(), 4, START);
            store.bury("a", each.id(), "why", START);
        }
        Instant later = START.plusMillis(1);
        assertThat(dead("a")).hasSize(5).allSatisfy(each -> assertThat(each.attempts())
                .isEqualTo(4));

        assertThat(store.resend(
                        "a", Optional.of(List.of(filed.get(2).id(), filed.get(5).id())), queue("a"), later))
                .containsExactly(filed.get(2).id());
        assertThat(store.queued("a", Optional.empty(), ANY))
                .containsExactly(new Queued(filed.get(2), 0, later), new Queued(filed.get(5), 0, START));

        assertThat(store.resend("a", Optional.empty(), queue("a", 4), later)).isEqualTo(ids(filed.subList(0, 2)));
        assertThat(waiting("a")).isEqualTo(List.of(filed.get(0), filed.get(1), filed.get(2), filed.get(5)));
        assertThat(dead("a").stream().map(DeadLetter::event)).isEqualTo(filed.subList(3, 5));
        assertThat(store.level("a").dead()).isEqualTo(2);
    }

    @Test
    @DisplayName("Dead letters are thrown away, some or all")
    void discarded() throws EventStoreException {
        List<FiledEvent> filed = append(changes("room", 3), queue("a", 0));

        assertThat(store.discard("a", Optional.of(List.of()))).isZero();
        assertThat(store.discard(
                        "a", Optional.of(List.of(filed.get(1).id(), filed.get(1).id()))))
                .isEqualTo(1);
        assertThat(dead("a").stream().map(DeadLetter::event))
                .isEqualTo(List.of(filed.get(0), filed.get(2), filed.get(3)));
        assertThat(store.discard("a", Optional.empty())).isEqualTo(3);
        assertThat(store.discard("a", Optional.empty())).isZero();
        assertThat(store.level("a").dead()).isZero();
    }

    @Test
    @DisplayName("[5] Of too many dead letters the oldest go, and it is said how many")
    void forgotten() throws EventStoreException {
        List<FiledEvent> filed = new ArrayList<>();
        for (int room = 0; room < 10; room++) {
            Appended appended = store.append(changes("room" + room, 99), List.of(queue("a", 0)));
            assertThat(appended.forgotten()).isEmpty();
            filed.addAll(appended.filed());
        }
        assertThat(store.level("a").dead()).isEqualTo(EventStore.MOST_DEAD);

        Appended appended = store.append(changes("more", 2), List.of(queue("a", 1)));
        filed.addAll(appended.filed());

        assertThat(appended.buried()).isEqualTo(Map.of("a", 2));
        assertThat(appended.forgotten()).isEqualTo(Map.of("a", 2));
        assertThat(dead("a").stream().map(DeadLetter::event))
                .hasSize(EventStore.MOST_DEAD)
                .startsWith(filed.get(2))
                .endsWith(filed.getLast());
        assertThat(store.bury("a", filed.get(1_000).id(), "why", START)).isEqualTo(1);
        assertThat(dead("a").getFirst().event()).isEqualTo(filed.get(3));
    }

    // ---- who does what

    @Test
    @DisplayName("A node may take a task, keep it, and give it away")
    void tasks() throws EventStoreException {
        assertThat(store.take("queue:a", "n1", Duration.ofMinutes(1))).isTrue();
        assertThat(store.take("queue:a", "n1", Duration.ofMinutes(1))).isTrue();
        store.giveAway("queue:a", "n1");
        assertThat(store.take("queue:a", "n2", Duration.ofMinutes(1))).isTrue();
        store.ping();
    }
}
