package dev.drawbridge.events.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.DeadLetter;
import dev.drawbridge.events.EventStore.Queued;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Story;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that writes events is killed, at any instant, again and again. */
class KilledEventsTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(12);
    private static final int MOST_ROUNDS = 12;
    private static final int MOST_NANOS = 10_000_000;
    private static final int ANY = 100_000;

    @TempDir
    private Path folder;

    private final Set<EventId> sent = new TreeSet<>();
    private final Set<EventId> dead = new TreeSet<>();
    private long told = -1;

    @Test
    @DisplayName("[1, 3, 5] What it had said was done is done; of what it had not, all or nothing is")
    void killed() throws Exception {
        Path path = folder.resolve("rooms.events.db");
        long seed = ThreadLocalRandom.current().nextLong();
        Random random = new Random(seed);
        long start = System.nanoTime();
        int rounds = 0;
        while (rounds < MOST_ROUNDS && System.nanoTime() - start < LONG_ENOUGH.toNanos()) {
            writeAndKill(path, random);
            try (EventStore store = SqliteEventStore.open(path, EventWriting.KEPT)) {
                assertAllIsThere(store, "seed " + seed + ", round " + rounds);
            }
            rounds++;
        }
        assertThat(told).isGreaterThan(rounds);
    }

    private void writeAndKill(Path path, Random random) throws IOException, InterruptedException {
        int limit = 1 + random.nextInt(300);
        Process writer = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EventWriting.class.getName(),
                        path.toString(),
                        Long.toString(random.nextLong()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int heard = 0;
        try (BufferedReader said = writer.inputReader()) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                hear(line);
                heard++;
                if (heard == limit) {
                    LockSupport.parkNanos(random.nextInt(MOST_NANOS));
                    writer.toHandle().destroyForcibly(); // by its handle: what it says until then is still heard
                }
            }
        } finally {
            writer.destroyForcibly();
        }
        assertThat(writer.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).as("what the writer said before it ended").isGreaterThanOrEqualTo(limit);
    }

    /** A line that is cut off tells nothing. */
    private void hear(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[2].equals(".")) {
            switch (words[0]) {
                case "told" -> told = Math.max(told, Long.parseLong(words[1]));
                case "sent" -> sent.add(EventId.parse(words[1]).orElseThrow());
                default -> dead.add(EventId.parse(words[1]).orElseThrow());
            }
        }
    }

    private void assertAllIsThere(EventStore store, String where) throws EventStoreException {
        long clock = EventWriting.clock(store);
        assertThat(clock).as(where).isBetween(told, told + 1);
        Map<String, Story> stories = store.storiesAfter(Optional.empty(), ANY);
        assertThat(stories).as(where).hasSize(EventWriting.ROOMS);
        assertThat(stories.values()).as(where).containsOnly(new Story(clock, Optional.empty()));

        List<FiledEvent> log = store.after(Optional.empty(), ANY).events();
        assertThat(log).as(where).hasSize((int) Math.min(EventWriting.KEPT.events(), EventWriting.ROOMS * (clock + 1)));
        assertUpTo(clock, log, where);

        List<Queued> waiting = store.queued(EventWriting.QUEUE, Optional.empty(), ANY);
        List<DeadLetter> letters = store.dead(EventWriting.QUEUE, Optional.empty(), ANY);
        EventStore.Level level = store.level(EventWriting.QUEUE);
        assertThat(level.waiting()).as(where).isEqualTo(waiting.size());
        assertThat(level.dead()).as(where).isEqualTo(letters.size());
        assertThat(waiting).extracting(each -> each.event().id()).as(where).doesNotContainAnyElementsOf(sent);
        assertThat(letters).extracting(each -> each.event().id()).as(where).containsAll(dead);
        // All but one that it may have done and not said, each time, has been said.
        long gone = EventWriting.ROOMS * (clock + 1) - waiting.size() - letters.size();
        assertThat(gone).as(where).isBetween((long) sent.size(), (long) sent.size() + MOST_ROUNDS);
    }

    /** The changes of each room follow each other, to the newest. */
    private static void assertUpTo(long clock, List<FiledEvent> log, String where) {
        Map<String, List<Long>> clocks = new HashMap<>();
        for (FiledEvent each : log) {
            if (each.event().what() instanceof Changed changed) {
                List<Long> before = clocks.computeIfAbsent(each.event().roomId(), room -> new ArrayList<>());
                if (!before.isEmpty()) {
                    assertThat(changed.since()).as(where).isEqualTo(before.getLast());
                }
                before.add(changed.clock());
            }
        }
        assertThat(clocks.values()).as(where).allSatisfy(each -> assertThat(each.getLast())
                .isEqualTo(clock));
    }
}
