package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what was not told, and tells it: rooms whose node is gone, and changes, new rooms and deletions of which nobody came
 * to tell. Each node sees to what it has told itself; to what others have left sees the one that has the task.
 *
 * <p>All rooms are gone through when a node has not ended in good order, and when this one starts and no other runs: a backup
 * may have been put back meanwhile, or rooms brought in without a server. A room that does not agree with its story is looked at
 * again after a while, for most are only being told of; one that a live node has open is left to that. One thread uses it.
 */
public final class Keeper {
    private static final Logger log = LoggerFactory.getLogger(Keeper.class);

    /** Between two looks at a room: longer than an event takes to be written down. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private static final Duration TASK = Duration.ofSeconds(90);
    private static final String KEEPER = "keeper";
    private static final int A_PAGE = 500;
    private static final int MOST_SUSPECTS = 5_000;

    /** Rooms that were made so long before all were made known are known. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);

    private final EventStore store;
    private final Filing filing;
    private final Recorder recorder;
    private final RoomsThere rooms;
    private final String node;
    private final HostClock clock;

    private final Map<String, Suspect> suspects = new LinkedHashMap<>();
    private final Set<String> left = new HashSet<>();
    private @Nullable Walk walk;
    private long walkedFor;
    private long walkAfter;
    private boolean isSettled;
    private boolean hasBegun;
    private boolean isFailing;

    /**
     * A room that may not agree with its story.
     *
     * @param story what it was when it was looked at first
     * @param lookAt when it is to be looked at again
     */
    private record Suspect(Optional<Story> story, long lookAt) {

        static Suspect now(Optional<Story> story, long now) {
            return new Suspect(story, now + BETWEEN_LOOKS.toMillis());
        }
    }

    public Keeper(
            EventStore store,
            Filing filing,
            Recorder recorder,
            RoomStore rooms,
            Neighbours neighbours,
            String node,
            HostClock clock) {
        this.store = store;
        this.filing = filing;
        this.recorder = recorder;
        this.rooms = new RoomsThere(rooms, neighbours);
        this.node = node;
        this.clock = clock;
    }

    /** Looks once. To be called when the server has started, and then every ten seconds or so; it waits for both stores. */
    public void pass() {
        try {
            look();
            if (isFailing) {
                isFailing = false;
                log.info("It is looked again for what was not told of rooms");
            }
        } catch (EventStoreException e) {
            if (!isFailing && !Thread.currentThread().isInterrupted()) {
                isFailing = true;
                log.warn("What was not told of rooms cannot be looked for, and is later: {}", e.getMessage());
            }
        }
    }

    private void look() throws EventStoreException {
        store.began(node);
        if (!isSettled) {
            settle();
        }
        if (!hasBegun) {
            begin();
        }
        Map<String, Story> open = store.open();
        ownRooms(open);
        if (store.take(KEEPER, node, TASK)) {
            othersRooms(open);
        }
        if (recorder.drops() != walkedFor) {
            walkedFor = recorder.drops();
            walkThroughAll();
        }
        lookAtDeleted();
        lookAgain();
        goOn();
    }

    /** Rooms that were there before there were events are not news. Those that are new since are told by their nodes. */
    private void settle() throws EventStoreException {
        if (!store.isSettled()) {
            Instant before = clock.wall().minus(CLOCKS_DIFFER);
            Optional<String> after = Optional.empty();
            do {
                RoomPage page = rooms.page(after, A_PAGE);
                Map<String, Long> clocks = new HashMap<>();
                page.rooms().stream()
                        .filter(room -> room.created().isBefore(before))
                        .forEach(room -> clocks.put(room.roomId(), room.documentClock()));
                if (!clocks.isEmpty()) {
                    store.know(clocks);
                }
                after = page.next();
            } while (after.isPresent());
            store.settle();
        }
        isSettled = true;
    }

    private void begin() throws EventStoreException {
        Set<String> others = new HashSet<>(store.nodes());
        others.remove(node);
        if (rooms.alive(others).isEmpty()) {
            walkThroughAll();
        }
        hasBegun = true;
    }

    // ---- rooms of this node

    /** A room may be said to be open here and is not, or the other way round, when events were dropped. */
    private void ownRooms(Map<String, Story> open) throws EventStoreException {
        Set<String> told = recorder.told();
        Set<String> differ = new HashSet<>(told);
        open.forEach((room, story) -> {
            if (story.openAt().equals(Optional.of(node)) && !differ.remove(room)) {
                differ.add(room);
            }
        });
        for (List<String> some : parts(differ)) {
            filing.file(() -> {
                Map<String, Story> stories = store.stories(some);
                List<RoomEvent> events = new ArrayList<>();
                for (String room : some) {
                    Story story = stories.get(room);
                    List<Happening> again = recorder.again(room);
                    if (again.isEmpty()) {
                        if (story != null && isOpenAt(story, node) && !recorder.isBusy(room)) {
                            events.add(event(room, new Closed(Closed.Why.ENDED)));
                        }
                    } else if (story == null
                            ? rooms.find(room).isPresent()
                            : story.openAt().isEmpty()) {
                        again.forEach(what -> events.add(event(room, what)));
                    }
                }
                return events;
            });
        }
    }

    // ---- rooms of nodes that are gone

    private void othersRooms(Map<String, Story> open) throws EventStoreException {
        Set<String> begun = new HashSet<>(store.nodes());
        Set<String> gone = new HashSet<>(begun);
        open.values().forEach(story -> story.openAt().ifPresent(gone::add));
        gone.remove(node);
        gone.removeAll(rooms.alive(Set.copyOf(gone)));
        if (gone.isEmpty()) {
            return;
        }
        List<RoomEvent> events = new ArrayList<>();
        open.forEach((room, story) -> story.openAt()
                .filter(gone::contains)
                .ifPresent(lost -> events.add(new RoomEvent(room, time(), lost, new Closed(Closed.Why.LOST)))));
        for (List<RoomEvent> some : parts(events)) {
            filing.file(() -> some);
            some.forEach(event -> suspect(event.roomId(), Optional.ofNullable(open.get(event.roomId()))));
        }
        gone.retainAll(begun);
        if (left.addAll(gone)) {
            log.info("These nodes have not ended in good order: {}. All rooms are gone through", gone);
            walkThroughAll();
        }
    }

    // ---- rooms that do not agree with their stories

    /** When that is written down which has happened here until now: it may be about rooms that are found. */
    private void walkThroughAll() {
        walk = new Walk(store, rooms);
        walkAfter = recorder.noted();
    }

    private void goOn() throws EventStoreException {
        while (walk != null && recorder.written() >= walkAfter && suspects.size() < MOST_SUSPECTS) {
            walk.step().forEach(this::suspect);
            if (walk.isDone()) {
                walk = null;
            }
        }
        if (walk == null && suspects.isEmpty()) {
            recorder.seenTo(walkedFor);
            for (Iterator<String> each = left.iterator(); each.hasNext(); ) {
                store.ended(each.next());
                each.remove();
            }
        }
    }

    /** A deletion that was told late may have been told of a room that is there again. */
    private void lookAtDeleted() throws EventStoreException {
        for (List<String> some : parts(recorder.deleted())) {
            Map<String, RoomSummary> there = rooms.find(some);
            Map<String, Story> stories = store.stories(there.keySet());
            there.keySet().forEach(id -> suspect(id, Optional.ofNullable(stories.get(id))));
            some.stream().filter(id -> !there.containsKey(id)).forEach(recorder::looked);
        }
    }

    private void suspect(String roomId, Optional<Story> story) {
        suspects.putIfAbsent(roomId, Suspect.now(story, clock.millis()));
    }

    private void lookAgain() throws EventStoreException {
        List<String> due = suspects.entrySet().stream()
                .filter(each -> each.getValue().lookAt() <= clock.millis())
                .map(Map.Entry::getKey)
                .toList();
        for (List<String> some : parts(due)) {
            List<FiledEvent> told = filing.file(() -> untold(some));
            for (FiledEvent each : told) {
                if (each.event().what() instanceof Created created) {
                    takeBackIfGone(each.event().roomId(), created.clock());
                }
            }
        }
    }

    /** Of rooms that are in somebody's hands nothing is told here; they are looked at again until they are not. */
    private List<RoomEvent> untold(List<String> roomIds) throws EventStoreException {
        Map<String, Story> stories = store.stories(roomIds); // first, for then no room can seem to be behind its story
        Map<String, RoomSummary> there = rooms.find(roomIds);
        Set<String> named = new HashSet<>();
        there.values().forEach(room -> room.owner().ifPresent(named::add));
        stories.values().forEach(story -> story.openAt().ifPresent(named::add));
        named.remove(node);
        Set<String> alive = rooms.alive(named);
        List<RoomEvent> events = new ArrayList<>();
        for (String id : roomIds) {
            RoomSummary room = there.get(id);
            Story story = stories.get(id);
            boolean isElsewhere = (room != null
                            && room.owner().filter(alive::contains).isPresent())
                    || (story != null && story.openAt().filter(alive::contains).isPresent());
            Suspect suspect = suspects.get(id);
            if (suspect == null || agree(room, story)) {
                suspects.remove(id);
                recorder.looked(id);
            } else {
                if (!isElsewhere && !recorder.isBusy(id)) {
                    untold(id, suspect, room, story).ifPresent(events::add);
                }
                suspects.put(id, Suspect.now(Optional.ofNullable(story), clock.millis()));
            }
        }
        return events;
    }

    private static boolean agree(@Nullable RoomSummary room, @Nullable Story story) {
        if (room == null || story == null) {
            return room == null && story == null;
        }
        return story.clock() == room.documentClock();
    }

    private Optional<RoomEvent> untold(String id, Suspect suspect, @Nullable RoomSummary room, @Nullable Story story) {
        if (room != null) {
            return Optional.of(event(
                    id,
                    story == null
                            ? new Created(room.documentClock())
                            : new Changed(
                                    story.clock(),
                                    room.documentClock(),
                                    Optional.empty(),
                                    List.of(),
                                    Optional.empty())));
        }
        // As it was when it was looked at first.
        return Optional.ofNullable(story)
                .filter(now -> suspect.story()
                        .map(first -> first.clock() == now.clock())
                        .orElse(false))
                .map(now -> event(id, new Deleted(OptionalLong.of(now.clock()))));
    }

    /** It was deleted just then, and whoever has done that did not know that it is told of. */
    private void takeBackIfGone(String roomId, long toldClock) throws EventStoreException {
        if (rooms.find(roomId).isEmpty()) {
            filing.file(() -> List.of(event(roomId, new Deleted(OptionalLong.of(toldClock)))));
        }
    }

    private static boolean isOpenAt(Story story, String nodeId) {
        return story.openAt().equals(Optional.of(nodeId));
    }

    private RoomEvent event(String roomId, Happening what) {
        return new RoomEvent(roomId, time(), node, what);
    }

    private Instant time() {
        return clock.wall().truncatedTo(ChronoUnit.MILLIS);
    }

    private static <T> List<List<T>> parts(Iterable<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (T each : all) {
            if (parts.isEmpty() || parts.getLast().size() == A_PAGE) {
                parts.add(new ArrayList<>());
            }
            parts.getLast().add(each);
        }
        return parts;
    }
}
