package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.StoredChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.Records;
import dev.drawbridge.room.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WriterTest {
    private static final String ROOM = "room";

    private final HandClock clock = new HandClock();
    private final FragileEventStore fragile = new FragileEventStore(clock);
    private final List<FiledEvent> heard = new ArrayList<>();
    private final List<EventType> dropped = new ArrayList<>();
    private CompletionStage<List<StoredRecord>> records = CompletableFuture.completedStage(List.of());
    private boolean wantDiffs;

    private final EventQueues queues = new EventQueues() {
        @Override
        public List<EventStore.Queue> all() {
            return List.of(new EventStore.Queue("hook", event -> true, 3, 1 << 20));
        }

        @Override
        public boolean wantDiffs(String roomId) {
            return wantDiffs;
        }
    };

    private final EventsObserver observer = new EventsObserver() {
        @Override
        public void dropped(EventType type) {
            dropped.add(type);
        }
    };

    private final Recorder recorder =
            new Recorder("n1", clock, Duration.ofSeconds(1), Duration.ofSeconds(5), 256L << 20, queues, observer);
    private final AppendListener unlucky = events -> {
        throw new IllegalStateException("a listener throws");
    };
    private final Filing filing =
            new Filing(fragile.front(), queues, () -> Stream.of(unlucky, heard::addAll), observer);
    private final Writer writer = new Writer(
            fragile.front(),
            filing,
            recorder,
            new Diffs((room, ids, loan) -> records, new ByteBudget(1 << 20)),
            "n1",
            clock);

    private void change(long from, long to, String... put) {
        recorder.changed(
                ROOM,
                Optional.empty(),
                new StoredChange(from, to, List.of(put), List.of("gone"), new DocumentSize(7, 700)));
    }

    private void step() {
        clock.advance(Duration.ofSeconds(11));
        writer.step();
    }

    private List<String> told() {
        return fragile.log.stream()
                .map(each -> each.event().what().getClass().getSimpleName())
                .toList();
    }

    @Test
    @DisplayName("What was appended by a call that seemed to fail is not told again, and the rest is")
    void inDoubt() {
        recorder.opened(ROOM, 4, false);
        change(4, 5, "a");
        recorder.happened("other", new Happening.VersionCreated("v", 1, "api", Optional.empty()));
        fragile.lostReplies = 3;
        for (int i = 0; i < 6; i++) {
            step();
        }
        assertThat(told()).containsExactlyInAnyOrder("Created", "VersionCreated", "Opened", "Changed");
        assertThat(recorder.waiting()).isZero();
    }

    @Test
    @DisplayName(
            "A store that is away is asked again, and what has happened meanwhile is told then; listeners hear of it")
    void away() {
        writer.begin();
        recorder.opened(ROOM, 4, false);
        change(4, 5, "a");
        fragile.failing = 20;
        for (int i = 0; i < 10; i++) {
            step();
            change(5 + i, 6 + i, "b" + i);
        }
        assertThat(told()).isEmpty();
        fragile.failing = 0;
        step();
        step();

        assertThat(told()).containsExactly("Created", "Opened", "Changed", "Changed");
        assertThat(heard).hasSize(3); // a room of the time before is known, which is no news
        assertThat(((Changed) heard.getLast().event().what()).clock()).isEqualTo(15);
    }

    @Test
    @DisplayName("A lot that no store takes is given up, and counted; others are not held up by it")
    void broken() {
        writer.begin();
        recorder.happened(ROOM, new Happening.VersionCreated("v", 1, "api", Optional.empty()));
        fragile.broken = new IllegalStateException("a bug");
        step();
        recorder.happened(ROOM, new Happening.VersionCreated("w", 1, "api", Optional.empty()));
        step();

        assertThat(dropped).containsExactly(EventType.VERSION_CREATED);
        assertThat(told()).containsExactly("VersionCreated");
    }

    private Diff diff() {
        wantDiffs = true;
        recorder.opened(ROOM, 4, false);
        change(4, 5, "shape:a");
        step();
        Changed changed = (Changed) heard.getLast().event().what();
        return changed.diff().orElseThrow();
    }

    private static StoredRecord stored(String text) {
        String json = Records.geo("a").toString().replace("}", ",\"x\":\"" + text + "\"}");
        return new StoredRecord("shape:a", json.getBytes(StandardCharsets.UTF_8), 1);
    }

    @Test
    @DisplayName("A diff has the records as they are, and the ids of those that were removed")
    void diffs() {
        StoredRecord record =
                new StoredRecord("shape:a", Records.geo("a").toString().getBytes(StandardCharsets.UTF_8), 1);
        records = CompletableFuture.completedStage(List.of(record));

        assertThat(diff()).isEqualTo(new Diff(List.of(Records.geo("a")), List.of("gone"), true));
    }

    @Test
    @DisplayName("There is no diff of what is too large, or cannot be read")
    void noDiffs() {
        records = CompletableFuture.completedStage(List.of(stored("x".repeat(300_000))));
        assertThat(diff()).isEqualTo(Diff.TOO_LARGE);

        records = CompletableFuture.failedStage(new IllegalStateException("no"));
        recorder.closed(ROOM);
        assertThat(diff()).isEqualTo(Diff.TOO_LARGE);
    }

    @Test
    @DisplayName("A node has ended in good order when all is written, and not before")
    void ended() {
        writer.begin();
        assertThat(fragile.store.nodes()).containsExactly("n1");
        recorder.opened(ROOM, 4, false);
        change(4, 5, "a");
        writer.flush(Duration.ZERO);
        writer.end();
        assertThat(fragile.store.nodes()).containsExactly("n1");

        recorder.closed(ROOM);
        fragile.failing = 1;
        writer.flush(Duration.ZERO);
        writer.end();
        assertThat(fragile.store.nodes()).containsExactly("n1");

        writer.flush(Duration.ZERO);
        writer.end();
        assertThat(fragile.store.nodes()).isEmpty();
        assertThat(told()).containsExactly("Created", "Opened", "Changed", "Closed");
    }

    @Test
    @DisplayName("What does not fit into a queue is told of")
    void buried() {
        List<String> buried = new ArrayList<>();
        Filing full = new Filing(fragile.front(), queues, Stream::of, new EventsObserver() {
            @Override
            public void buried(String queue, int events) {
                buried.add(queue + " " + events);
            }
        });
        Writer other = new Writer(
                fragile.front(),
                full,
                recorder,
                new Diffs((room, ids, loan) -> records, new ByteBudget(1)),
                "n1",
                clock);
        for (int i = 0; i < 5; i++) {
            recorder.happened(ROOM, new Happening.VersionCreated("v" + i, 1, "api", Optional.empty()));
        }
        other.step();
        assertThat(buried).containsExactly("hook 2");
    }
}
