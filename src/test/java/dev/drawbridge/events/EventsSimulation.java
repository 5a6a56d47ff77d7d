package dev.drawbridge.events;

import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.RoomQuery;
import dev.drawbridge.host.StoredChange;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Connection;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.SessionInfo;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.store.RoomSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Nodes that have rooms and tell of them, in virtual time. By chance rooms are made, changed, deleted and moved, nodes are
 * killed at any instant or stopped in good order, and the store of events is away, or does not answer.
 */
final class EventsSimulation {
    private static final int ROOMS = 6;

    private final Random random;
    private final boolean isCluster;
    private final boolean isKept;
    private final HandClock clock = new HandClock();
    private final FragileEventStore fragile = new FragileEventStore(clock);
    private final EventStore store = fragile.front();
    private final RoomsOnPaper rooms = new RoomsOnPaper();
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final StringBuilder trace = new StringBuilder();
    private int names;
    private int sessions;

    EventsSimulation(long seed, int howMany, boolean isKept) {
        this.random = new Random(seed);
        this.isCluster = howMany > 1;
        this.isKept = isKept;
        if (random.nextBoolean()) { // a database that was there before there were events
            for (int i = 0; i < ROOMS; i += 2) {
                rooms.put("r" + i, 10 + i, clock.instant().minusSeconds(3_600), Optional.empty());
            }
        }
        fragile.watch = event -> {
            if (event.what() instanceof Happening.Deleted deleted
                    && deleted.ifClock().isPresent()
                    && rooms.rooms.containsKey(event.roomId())) {
                violations.add(event.roomId() + " is said to be deleted and is there");
            }
        };
        for (int i = 0; i < howMany; i++) {
            nodes.add(new Node());
        }
    }

    private final class Node implements Neighbours {
        private final String id = "n" + names++;
        private final Map<String, List<String>> open = new TreeMap<>();
        private final Recorder recorder = new Recorder(
                id,
                clock,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                256L << 20,
                EventQueues.NONE,
                EventsObserver.NONE);
        private final Filing filing = new Filing(store, EventQueues.NONE, Stream::of, EventsObserver.NONE);
        private final Writer writer = new Writer(
                store,
                filing,
                recorder,
                new Diffs((room, ids, loan) -> CompletableFuture.completedStage(List.of()), new ByteBudget(1)),
                id,
                clock);
        private final Keeper keeper = new Keeper(store, filing, recorder, rooms, this, id, clock);

        Node() {
            trace(id, "begins");
            int failing = fragile.failing;
            fragile.failing = 0; // a server does not open rooms before this is done
            writer.begin();
            fragile.failing = failing;
        }

        @Override
        public boolean isCluster() {
            return isCluster;
        }

        @Override
        public List<Neighbour> all() {
            return List.of();
        }

        @Override
        public CompletionStage<Set<String>> alive(Set<String> nodeIds) {
            Set<String> alive = new HashSet<>(nodeIds);
            alive.retainAll(nodes.stream().map(node -> node.id).toList());
            return CompletableFuture.completedStage(alive);
        }

        @Override
        public CompletionStage<Optional<List<String>>> openRooms(String nodeId, RoomQuery query) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Optional<Map<String, Integer>>> sessions(String nodeId, List<String> roomIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> successor() {
            return Optional.empty();
        }

        @Override
        public CompletionStage<Boolean> move(String roomId, String nodeId) {
            throw new UnsupportedOperationException();
        }
    }

    private void trace(String who, String what) {
        trace.append(clock.millis() % 10_000_000)
                .append(' ')
                .append(who)
                .append(' ')
                .append(what)
                .append('\n');
    }

    /** What has happened, the log, and what is there. */
    String trace() {
        StringBuilder all = new StringBuilder(trace);
        fragile.log.forEach(each ->
                all.append(each.id().number()).append(' ').append(each.event()).append('\n'));
        return all.append(fragile.store.nodes())
                .append(stories())
                .append('\n')
                .append(rooms.rooms)
                .toString();
    }

    // ---- what happens

    List<String> run(int steps) {
        for (int i = 0; i < steps; i++) {
            step();
        }
        settle();
        check();
        return violations;
    }

    private void step() {
        Node node = nodes.get(random.nextInt(nodes.size()));
        String room = "r" + random.nextInt(ROOMS);
        int dice = random.nextInt(100);
        if (dice < 12) {
            open(node, room);
        } else if (dice < 40) {
            change(node, room);
        } else if (dice < 50) {
            comeOrGo(node, room);
        } else if (dice < 54) {
            close(node, room);
        } else if (dice < 57) {
            delete(node, room);
        } else if (dice < 59) {
            node.recorder.limitHit(room, Limit.RECORDS_PER_ROOM);
        } else if (dice < 76) {
            node.writer.step();
        } else if (dice < 82) {
            keep(node);
        } else if (dice < 94) {
            passTime(random.nextInt(random.nextInt(8) == 0 ? 20_000 : 1_500));
        } else if (dice < 96) {
            fragile.failing = random.nextInt(6);
        } else if (dice < 98) {
            fragile.lostReplies = 1 + random.nextInt(2);
        } else if (random.nextInt(3) == 0) {
            stop(node);
        } else {
            kill(node);
        }
    }

    /** Meanwhile writers write, as far as the store lets them. */
    private void passTime(int millis) {
        int left = millis;
        while (left > 0) {
            clock.advance(Duration.ofMillis(Math.min(500, left)));
            left -= 500;
            nodes.stream().filter(node -> random.nextInt(4) > 0).forEach(node -> node.writer.step());
        }
    }

    private void keep(Node node) {
        if (isKept) {
            node.keeper.pass();
        }
    }

    private void open(Node node, String room) {
        RoomSummary there = rooms.rooms.get(room);
        boolean isTaken = nodes.stream().anyMatch(other -> other.open.containsKey(room));
        if (!isTaken) {
            trace(node.id, "opens " + room);
            node.open.put(room, new ArrayList<>());
            if (there != null) {
                own(room, there, Optional.of(node.id));
            }
            node.recorder.opened(room, there == null ? 1 : there.documentClock(), there == null);
        }
    }

    private void own(String room, RoomSummary there, Optional<String> owner) {
        rooms.put(room, there.documentClock(), there.created(), isCluster ? owner : Optional.empty());
    }

    private void change(Node node, String room) {
        if (!node.open.containsKey(room)) {
            return;
        }
        RoomSummary there = rooms.rooms.get(room);
        long before = there == null ? 0 : there.documentClock();
        long after = before + 1 + random.nextInt(3);
        Instant created = there == null ? clock.instant() : there.created();
        rooms.put(room, after, created, isCluster ? Optional.of(node.id) : Optional.empty());
        trace(node.id, "changes " + room + " to " + after);
        if (random.nextInt(25) == 0) {
            kill(node); // stored, and told to nobody
            return;
        }
        node.recorder.changed(
                room,
                Optional.empty(),
                new StoredChange(
                        before, after, List.of("shape:" + random.nextInt(9)), List.of(), new DocumentSize(1, 1)));
    }

    private void comeOrGo(Node node, String room) {
        List<String> there = node.open.get(room);
        if (there == null || !rooms.rooms.containsKey(room)) {
            return;
        }
        if (there.isEmpty() || random.nextBoolean()) {
            String session = "s" + sessions++;
            there.add(session);
            node.recorder.joined(
                    room,
                    new SessionInfo(
                            new Connection() {},
                            Visitor.unknown(session, false),
                            SessionInfo.State.CONNECTED,
                            Rights.EDITOR,
                            OptionalInt.empty(),
                            OptionalInt.empty(),
                            0));
        } else {
            node.recorder.left(room, there.removeLast());
        }
    }

    private void close(Node node, String room) {
        if (node.open.remove(room) != null) {
            trace(node.id, "closes " + room);
            RoomSummary there = rooms.rooms.get(room);
            if (there != null) {
                own(room, there, Optional.empty());
            }
            node.recorder.closed(room);
        }
    }

    private void delete(Node node, String room) {
        boolean isElsewhere = nodes.stream().anyMatch(other -> other != node && other.open.containsKey(room));
        if (isElsewhere || rooms.rooms.remove(room) == null) {
            return;
        }
        trace(node.id, "deletes " + room);
        if (random.nextInt(4) == 0) {
            kill(node);
            return;
        }
        boolean first = random.nextBoolean();
        boolean isOpen = node.open.remove(room) != null;
        if (isOpen && first) {
            node.recorder.closed(room);
        }
        node.recorder.deleted(room);
        if (isOpen && !first) {
            node.recorder.closed(room);
        }
    }

    private void kill(Node node) {
        trace(node.id, "is killed");
        for (String room : node.open.keySet()) {
            RoomSummary there = rooms.rooms.get(room);
            if (there != null && random.nextBoolean()) {
                own(room, there, Optional.empty());
            }
        }
        replace(node);
    }

    private void stop(Node node) {
        trace(node.id, "is stopped");
        new ArrayList<>(node.open.keySet()).forEach(room -> close(node, room));
        node.writer.flush(Duration.ZERO);
        keep(node);
        node.writer.end();
        replace(node);
    }

    private void replace(Node node) {
        nodes.remove(node);
        nodes.add(new Node());
    }

    // ---- what must be true in the end

    private void settle() {
        fragile.failing = 0;
        fragile.lostReplies = 0;
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(15));
            if (i == 6) {
                nodes.forEach(this::closeUntold);
            }
            for (Node node : nodes) {
                node.writer.step();
                keep(node);
            }
        }
    }

    /** A room in which nothing has happened is not said to be open. */
    private void closeUntold(Node node) {
        new ArrayList<>(node.open.keySet())
                .stream().filter(room -> !node.recorder.told().contains(room)).forEach(room -> close(node, room));
    }

    private Map<String, Story> stories() {
        return fragile.store.storiesAfter(Optional.empty(), Integer.MAX_VALUE);
    }

    private void check() {
        Map<String, Story> stories = stories();
        rooms.rooms.forEach((id, room) -> {
            Story story = stories.get(id);
            if (story == null) {
                violations.add(id + " is there, and has no story");
            } else if (story.clock() != room.documentClock()) {
                violations.add(id + " has the clock " + room.documentClock() + ", and was told up to " + story.clock());
            }
        });
        stories.forEach((id, story) -> {
            if (!rooms.rooms.containsKey(id)) {
                violations.add(id + " has a story, and is not there");
            }
            story.openAt().ifPresent(at -> {
                if (nodes.stream().noneMatch(node -> node.id.equals(at) && node.open.containsKey(id))) {
                    violations.add(id + " is said to be open at " + at);
                }
            });
        });
        nodes.forEach(node -> node.recorder.told().forEach(id -> {
            Story story = stories.get(id);
            if (story == null || !story.openAt().equals(Optional.of(node.id))) {
                violations.add(id + " is open at " + node.id + ", and not said to be");
            }
        }));
        Map<String, Replayed> replayed = new TreeMap<>();
        fragile.log.forEach(each -> {
            Replayed room = replayed.computeIfAbsent(each.event().roomId(), id -> new Replayed());
            room.add(each.event());
        });
    }

    /** The story of a room as the log tells it. */
    private final class Replayed {
        private final Set<String> people = new TreeSet<>();
        private final Set<String> heardOf = new TreeSet<>();
        private boolean isThere;
        private long clock = -1;
        private Optional<String> openAt = Optional.empty();

        void add(RoomEvent event) {
            switch (event.what()) {
                case Happening.Created(long first) -> {
                    require(!isThere, event, "was there");
                    isThere = true;
                    clock = event.node().equals(FragileEventStore.KNOWN) ? -1 : first;
                }
                case Happening.Opened(long at) -> {
                    require(openAt.isEmpty(), event, "was open");
                    require(isThere, event, "is new, and nobody has said so");
                    require(clock < 0 || clock == at, event, "something was left out");
                    clock = at;
                    openAt = Optional.of(event.node());
                    heardOf.clear();
                }
                case Happening.Changed changed -> {
                    require(isThere, event, "is not there");
                    require(clock < 0 || clock == changed.since(), event, "something was left out");
                    clock = changed.clock();
                }
                case Happening.Closed _ -> {
                    require(openAt.equals(Optional.of(event.node())), event, "was not open there");
                    openAt = Optional.empty();
                    people.clear();
                }
                case Happening.Deleted _ -> {
                    require(isThere && openAt.isEmpty(), event, "is not there, or open");
                    isThere = false;
                    clock = -1;
                }
                case Happening.Joined joined -> {
                    require(openAt.equals(Optional.of(event.node())), event, "was not open there");
                    require(people.add(joined.who().sessionId()), event, "is in it");
                    require(heardOf.add(joined.who().sessionId()), event, "has come only once");
                }
                case Happening.Left left -> require(people.remove(left.who().sessionId()), event, "was not in it");
                case Happening.VersionCreated _, Happening.LimitHit _ -> {
                    // may come whenever it likes
                }
            }
        }

        private void require(boolean holds, RoomEvent event, String why) {
            if (!holds) {
                violations.add(event + ": " + why);
            }
        }
    }
}
