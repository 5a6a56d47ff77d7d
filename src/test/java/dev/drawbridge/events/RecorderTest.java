package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.StoredChange;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.Connection;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.SessionInfo;
import dev.drawbridge.room.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final String ROOM = "room";

    private final HandClock clock = new HandClock();
    private final List<EventType> dropped = new ArrayList<>();
    private final ByteBudget ids = new ByteBudget(10_000_000);
    private final Recorder recorder = recorder(1_000, false);

    private Recorder recorder(int most, boolean diffs) {
        return new Recorder(
                "n1",
                clock,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                new Waiting(most, 10_000_000),
                ids,
                new EventQueues() {
                    @Override
                    public List<EventStore.Queue> all() {
                        return List.of();
                    }

                    @Override
                    public boolean wantDiffs(String roomId) {
                        return diffs;
                    }
                },
                new EventsObserver() {
                    @Override
                    public void dropped(EventType type) {
                        dropped.add(type);
                    }
                });
    }

    private List<Noted> take(Recorder from) {
        List<Noted> all = from.take(10_000, 10_000, false);
        from.done(all);
        return all;
    }

    private List<String> told() {
        return take(recorder).stream()
                .map(each -> each.event().what().getClass().getSimpleName())
                .toList();
    }

    private static void change(Recorder recorder, long from, long to, List<String> put, List<String> removed) {
        Author ada = new Author("ada", Optional.of("u1"), Optional.of("Ada"), Rights.EDITOR);
        recorder.changed(ROOM, Optional.of(ada), new StoredChange(from, to, put, removed, new DocumentSize(7, 700)));
    }

    private void change(long from, long to, String... put) {
        change(recorder, from, to, List.of(put), List.of());
    }

    private void join(String sessionId) {
        recorder.joined(
                ROOM,
                new SessionInfo(
                        new Connection() {},
                        Visitor.unknown(sessionId, true),
                        SessionInfo.State.CONNECTED,
                        Rights.VIEWER,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        0));
    }

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    @Test
    @DisplayName("A new room is told of when its first change is stored, and not at all if that never comes")
    void newRoom() {
        recorder.opened(ROOM, 1, true);
        recorder.limitHit(ROOM, Limit.RECORDS_PER_ROOM);
        recorder.closed(ROOM);
        assertThat(told()).isEmpty();

        recorder.opened(ROOM, 1, true);
        change(0, 1, "a");
        join("ada");
        assertThat(told()).containsExactly("Created", "Opened", "Joined");
    }

    @Test
    @DisplayName("That a room is open is told with the first thing that happens in it, and that it is closed only then")
    void opened() {
        recorder.opened(ROOM, 4, false);
        assertThat(told()).isEmpty();
        recorder.closed(ROOM);
        assertThat(told()).isEmpty();

        recorder.opened(ROOM, 4, false);
        join("ada");
        recorder.closed(ROOM);
        assertThat(told()).containsExactly("Opened", "Joined", "Left", "Closed");
    }

    @Test
    @DisplayName("What opening a room has changed is told after it was opened as it was before")
    void migrated() {
        recorder.opened(ROOM, 5, false);
        change(4, 5, "a");

        assertThat(take(recorder).getFirst().event().what()).isEqualTo(new Happening.Opened(4));
        pass(1_000);
        assertThat(take(recorder).getFirst().event().what())
                .isInstanceOfSatisfying(
                        Changed.class, changed -> assertThat(changed.since()).isEqualTo(4));
    }

    @Test
    @DisplayName("Changes are told together when none has followed for a while, or when the first is long ago")
    void debounced() {
        recorder.opened(ROOM, 4, false);
        change(4, 5, "a", "b");
        pass(999);
        change(recorder, 5, 6, List.of("b"), List.of("a"));
        pass(999);
        assertThat(told()).containsExactly("Opened");
        pass(1);

        Changed changed = (Changed) take(recorder).getFirst().event().what();
        assertThat(changed.since()).isEqualTo(4);
        assertThat(changed.clock()).isEqualTo(6);
        assertThat(changed.counts()).contains(new Happening.Counts(1, 1, 7, 700));
        assertThat(changed.by()).containsExactly(new Person("ada", Optional.of("u1"), Optional.of("Ada")));

        for (int i = 0; i < 11; i++) {
            change(6 + i, 7 + i, "a");
            pass(i == 10 ? 0 : 500);
        }
        assertThat(told()).containsExactly("Changed");
    }

    @Test
    @DisplayName("Before a room is closed or deleted its changes are told, and who was in it")
    void ends() {
        recorder.opened(ROOM, 4, false);
        join("ada");
        join("ada");
        join("bob");
        change(4, 5, "a");
        recorder.left(ROOM, "bob");
        recorder.left(ROOM, "nobody");
        recorder.deleted(ROOM);
        recorder.closed(ROOM);
        recorder.deleted("other");

        assertThat(told())
                .containsExactly(
                        "Opened", "Joined", "Joined", "Left", "Changed", "Left", "Closed", "Deleted", "Deleted");
        assertThat(recorder.isBusy(ROOM)).isFalse();
    }

    @Test
    @DisplayName("Hits of a limit are told once a minute, with how many there were")
    void limits() {
        recorder.opened(ROOM, 4, false);
        join("ada");
        recorder.limitHit(ROOM, Limit.RECORD_BYTES);
        assertThat(told()).containsExactly("Opened", "Joined", "LimitHit");
        for (int i = 0; i < 500; i++) {
            recorder.limitHit(ROOM, Limit.RECORD_BYTES);
            pass(100);
            assertThat(told()).isEmpty();
        }
        pass(10_000);
        assertThat(take(recorder).getFirst().event().what()).isEqualTo(new LimitHit(Limit.RECORD_BYTES, 500));
    }

    @Test
    @DisplayName("Of very many records it is not told how many they are, and their ids take no memory any more")
    void tooMany() {
        recorder.opened(ROOM, 4, false);
        change(recorder, 4, 5, IntStream.range(0, 9_999).mapToObj(i -> "r" + i).toList(), List.of());
        assertThat(ids.held()).isPositive();
        change(5, 6, "a", "b", "c");
        pass(1_000);

        assertThat(((Changed) take(recorder).getLast().event().what()).counts()).isEmpty();
        assertThat(ids.held()).isZero();
    }

    @Test
    @DisplayName("Whoever wants the records is to get those that were touched, if these are not too many")
    void touched() {
        Recorder wanted = recorder(1_000, true);
        wanted.opened(ROOM, 4, false);
        change(wanted, 4, 5, List.of("a", "b"), List.of("c"));
        pass(1_000);
        Noted.Touched touched = take(wanted).getLast().touched().orElseThrow();
        assertThat(touched.put()).containsExactlyInAnyOrder("a", "b");
        assertThat(touched.removed()).containsExactly("c");

        change(wanted, 5, 6, IntStream.range(0, 501).mapToObj(i -> "r" + i).toList(), List.of());
        pass(1_000);
        assertThat(take(wanted).getLast().touched()).contains(Noted.Touched.TOO_MANY);
    }

    @Test
    @DisplayName(
            "While nothing is written down for an hour, changes of open rooms become one, and nothing is kept beyond the bound")
    void stalled() {
        Recorder small = recorder(100, false);
        small.opened(ROOM, 4, false);
        change(small, 4, 5, List.of("a"), List.of());
        List<Noted> stuck = small.take(500, 10, false);
        for (int i = 0; i < 3_600; i++) {
            change(small, 5 + i, 6 + i, List.of("r" + i % 50), List.of());
            small.happened("other", new Happening.Deleted());
            pass(1_000);
        }
        assertThat(small.waiting()).isEqualTo(101);
        assertThat(dropped).hasSize(3_501).containsOnly(EventType.ROOM_DELETED);
        assertThat(small.isAtRest()).isFalse();

        small.done(stuck);
        List<Noted> rest = take(small);
        assertThat(rest).hasSize(99);
        assertThat(take(small)).singleElement().satisfies(each -> {
            Changed changed = (Changed) each.event().what();
            assertThat(changed.since()).isEqualTo(4);
            assertThat(changed.clock()).isEqualTo(3_605);
            assertThat(changed.counts().orElseThrow().put()).isEqualTo(51);
        });
    }
}
