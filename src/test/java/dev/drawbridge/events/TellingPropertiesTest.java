package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.events.Happening.VersionCreated;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several nodes have a room one after the other, and tell of it late, twice, or, when they are killed, not at all. Whatever
 * of that comes when, the story that is told is whole.
 */
class TellingPropertiesTest {
    private static final Instant NOW = Instant.parse("2026-11-28T17:00:00Z");
    private static final int STEPS = 400;

    static LongStream seeds() {
        return LongStream.concat(LongStream.range(0, 300), new Random().longs(20));
    }

    /** The room as it is, and what nodes have to say of it that was not said yet. */
    private static final class World {
        private final Random random;
        private final boolean mayOpenLate;
        private final boolean mayGo;
        private final Map<String, Deque<RoomEvent>> unsaid = new HashMap<>();
        private final List<RoomEvent> said = new ArrayList<>();
        private final List<RoomEvent> told = new ArrayList<>();
        private @Nullable Story story;
        private boolean isThere;
        private long clock;
        private int nodes;
        private String owner = "";

        /**
         * @param mayOpenLate whether a node may say that it has opened the room when others have said more already
         * @param mayGo whether the room may be deleted, and set back
         */
        World(long seed, boolean mayOpenLate, boolean mayGo) {
            this.random = new Random(seed);
            this.mayOpenLate = mayOpenLate;
            this.mayGo = mayGo;
        }

        private void say(String node, Happening what) {
            unsaid.computeIfAbsent(node, each -> new ArrayDeque<>()).add(new RoomEvent("room", NOW, node, what));
        }

        private void hear(RoomEvent event) {
            Telling telling = Telling.of(event, story);
            told.addAll(telling.events());
            story = telling.story().orElse(null);
        }

        /** Somebody's next words are heard, and perhaps some that were heard before once more. */
        private void hearSome(String node) {
            Deque<RoomEvent> words = unsaid.getOrDefault(node, new ArrayDeque<>());
            for (int count = 1 + random.nextInt(3); count > 0 && !words.isEmpty(); count--) {
                RoomEvent next = words.removeFirst();
                hear(next);
                said.add(next);
            }
        }

        /** A lot whose answer was lost: the last few words of a node. In one that opens a room one would look in the log. */
        private void hearAgain() {
            if (!said.isEmpty()) {
                String node = said.getLast().node();
                List<RoomEvent> lot =
                        said.subList(Math.max(0, said.size() - 1 - random.nextInt(4)), said.size()).stream()
                                .filter(event -> event.node().equals(node))
                                .toList();
                if (lot.stream()
                        .noneMatch(event -> event.what() instanceof Opened || event.what() instanceof Deleted)) {
                    lot.forEach(this::hear);
                }
            }
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0 -> open();
                case 1 -> close();
                case 2 -> crash();
                case 3 -> delete();
                case 4, 5 -> change();
                case 6 -> come();
                case 7 -> hearAgain();
                default ->
                    unsaid.keySet().stream()
                            .sorted()
                            .skip(random.nextInt(Math.max(1, unsaid.size())))
                            .findFirst()
                            .ifPresent(this::hearSome);
            }
        }

        private void open() {
            if (!owner.isEmpty()) {
                close();
            }
            owner = "n" + ++nodes;
            if (!isThere) {
                isThere = true;
                clock = 0;
                say(owner, new Created(0));
            } else if (mayGo && random.nextInt(10) == 0) {
                clock = clock / 2; // a backup
            }
            say(owner, new Opened(clock));
            if (!mayOpenLate) {
                while (Objects.requireNonNull(unsaid.get(owner)).peekLast() != null) {
                    hearSome(owner);
                }
            }
        }

        private void close() {
            if (!owner.isEmpty()) {
                say(owner, new Closed(Closed.Why.ENDED));
                owner = "";
            }
        }

        /** What it has not said it never will. Another one has seen that it is gone. */
        private void crash() {
            if (!owner.isEmpty()) {
                unsaid.remove(owner);
                if (random.nextBoolean()) {
                    hear(new RoomEvent("room", NOW, owner, new Closed(Closed.Why.LOST)));
                }
                owner = "";
            }
        }

        private void delete() {
            if (mayGo && isThere && random.nextInt(3) == 0) {
                String node = owner.isEmpty() ? "n" + ++nodes : owner;
                close();
                say(node, new Deleted());
                isThere = false;
            }
        }

        private void change() {
            if (!owner.isEmpty()) {
                long since = clock;
                clock += 1 + random.nextInt(3);
                say(owner, new Changed(since, clock, Optional.empty(), List.of(), Optional.empty()));
            }
        }

        private void come() {
            if (!owner.isEmpty()) {
                Person who = new Person("s" + random.nextInt(3), Optional.empty(), Optional.empty());
                say(owner, random.nextBoolean() ? new Joined(who, false) : new Left(who));
            }
        }

        /** All that is unsaid is heard, in some order, and then of what is there. */
        private void settle() {
            while (unsaid.values().stream().anyMatch(words -> !words.isEmpty())) {
                unsaid.keySet().stream().sorted().toList().forEach(this::hearSome);
            }
            if (isThere) {
                String last = "n" + ++nodes;
                hear(new RoomEvent("room", NOW, last, new Opened(clock)));
            }
        }
    }

    /** Reads what was told, as somebody outside who believes it. */
    private static final class Reader {
        private boolean isKnown;
        private long clock;
        private String openAt = "";
        private boolean wasSetBack;

        void read(RoomEvent event) {
            switch (event.what()) {
                case Created created -> {
                    assertThat(isKnown).isFalse();
                    isKnown = true;
                    clock = created.clock();
                }
                case Opened opened -> {
                    assertThat(openAt).isEmpty();
                    if (isKnown) {
                        assertThat(opened.clock()).isEqualTo(clock);
                    }
                    isKnown = true;
                    clock = opened.clock();
                    openAt = event.node();
                }
                case Changed changed -> {
                    assertThat(isKnown).isTrue();
                    assertThat(changed.since()).isEqualTo(clock);
                    assertThat(changed.clock()).isNotEqualTo(clock);
                    wasSetBack |= changed.clock() < clock;
                    clock = changed.clock();
                }
                case Closed _ -> {
                    assertThat(openAt).isEqualTo(event.node()).isNotEmpty();
                    openAt = "";
                }
                case Joined _, Left _ ->
                    assertThat(openAt).isEqualTo(event.node()).isNotEmpty();
                case Deleted _ -> {
                    assertThat(isKnown).isTrue();
                    assertThat(openAt).isEmpty();
                    isKnown = false;
                }
                case VersionCreated _, LimitHit _ -> throw new AssertionError(event);
            }
        }
    }

    private static Reader read(World world) {
        Reader reader = new Reader();
        for (int i = 0; i < world.told.size(); i++) {
            try {
                reader.read(world.told.get(i));
            } catch (AssertionError e) {
                throw new AssertionError("at the end of " + world.told.subList(Math.max(0, i - 8), i + 1), e);
            }
        }
        return reader;
    }

    private static World play(long seed, boolean mayOpenLate, boolean mayGo) {
        World world = new World(seed, mayOpenLate, mayGo);
        for (int step = 0; step < STEPS; step++) {
            world.step();
        }
        world.settle();
        return world;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "Opened and closed alternate, people come while it is open, and each clock is covered once, without gaps")
    void whole(long seed) {
        World world = play(seed, false, false);

        Reader reader = read(world);

        assertThat(reader.wasSetBack).isFalse();
        assertThat(world.told)
                .filteredOn(event -> event.what() instanceof Created)
                .hasSizeLessThan(2);
        assertThat(reader.clock).isEqualTo(world.clock);
        assertThat(reader.isKnown).isEqualTo(world.isThere);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "However late a node tells that it has opened a room, and if it is deleted or set back, the story hangs together")
    void late(long seed) {
        World world = play(seed, true, true);

        Reader reader = read(world);

        assertThat(world.isThere).isEqualTo(reader.isKnown && reader.openAt.equals("n" + world.nodes));
        if (world.isThere) {
            assertThat(reader.clock).isEqualTo(world.clock);
        }
    }
}
