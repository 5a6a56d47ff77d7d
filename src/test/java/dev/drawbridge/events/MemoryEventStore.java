package dev.drawbridge.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Events in memory, for tests: what every store promises, as short as it can be said. Nodes may share it, with their threads. */
public final class MemoryEventStore implements EventStore {
    private final String log;
    private final Kept kept;
    private final InstantSource clock;
    private final NavigableMap<Long, FiledEvent> window = new TreeMap<>();
    private final Map<Long, Integer> sizes = new HashMap<>();
    private final NavigableMap<String, Story> stories = new TreeMap<>();
    private final NavigableMap<String, Shelf> shelves = new TreeMap<>();
    private final NavigableMap<String, Turn> turns = new TreeMap<>();
    private final TreeSet<String> nodes = new TreeSet<>();
    private long windowBytes;
    private long last;
    private long forgotten;
    private boolean isSettled;
    private int failuresBefore;
    private int failuresAfter;

    private record Turn(String node, Instant until) {}

    /** What waits in a queue, and its dead letters. */
    private final class Shelf {
        private final NavigableMap<Long, Queued> waiting = new TreeMap<>();
        private final NavigableMap<Long, DeadLetter> dead = new TreeMap<>();

        private long waitingBytes() {
            return waiting.values().stream()
                    .mapToLong(each -> bytes(each.event()))
                    .sum();
        }

        private long deadBytes() {
            return dead.values().stream().mapToLong(each -> bytes(each.event())).sum();
        }

        private boolean isRoomFor(FiledEvent event, Queue bounds) {
            return waiting.size() < bounds.mostEvents() && waitingBytes() + bytes(event) <= bounds.mostBytes();
        }

        private int bury(DeadLetter letter) {
            dead.put(letter.event().id().number(), letter);
            int gone = 0;
            while (dead.size() > MOST_DEAD || deadBytes() > MOST_DEAD_BYTES) {
                dead.pollFirstEntry();
                gone++;
            }
            return gone;
        }
    }

    public MemoryEventStore() {
        this("0123abcd", new Kept(10_000, 32L << 20), InstantSource.system());
    }

    /** @param log the name of the log */
    public MemoryEventStore(String log, Kept kept, InstantSource clock) {
        this.log = log;
        this.kept = kept;
        this.clock = clock;
    }

    Kept kept() {
        return kept;
    }

    /** Lets the next appends fail: some before anything happens, and some after those when all has happened. */
    public synchronized void failAppends(int before, int after) {
        failuresBefore = before;
        failuresAfter = after;
    }

    private int bytes(FiledEvent event) {
        return sizes.computeIfAbsent(event.id().number(), each -> EventFormat.stored(event.event()).length);
    }

    private Shelf shelf(String queue) {
        return shelves.computeIfAbsent(queue, each -> new Shelf());
    }

    @Override
    public synchronized Appended append(List<RoomEvent> events, Collection<Queue> queues) throws EventStoreException {
        if (failuresBefore > 0) {
            failuresBefore--;
            throw new EventStoreException("a test lets it fail before it happens", null);
        }
        List<FiledEvent> filed = new ArrayList<>();
        Map<String, Integer> buried = new HashMap<>();
        Map<String, Integer> gone = new HashMap<>();
        for (RoomEvent event : events) {
            Telling telling = Telling.of(event, stories.get(event.roomId()));
            telling.story()
                    .ifPresentOrElse(then -> stories.put(event.roomId(), then), () -> stories.remove(event.roomId()));
            for (RoomEvent each : telling.events()) {
                FiledEvent told = new FiledEvent(new EventId(log, ++last), each);
                filed.add(told);
                window.put(last, told);
                windowBytes += bytes(told);
                queues.stream()
                        .filter(queue -> queue.wants().test(each))
                        .forEach(queue -> put(told, queue, buried, gone));
            }
        }
        while (window.size() > Math.max(1, kept.events()) || (window.size() > 1 && windowBytes > kept.bytes())) {
            FiledEvent oldest = window.pollFirstEntry().getValue();
            windowBytes -= bytes(oldest);
            forgotten = oldest.id().number();
        }
        if (failuresAfter > 0) {
            failuresAfter--;
            throw new EventStoreException("a test lets it fail after it has happened", null);
        }
        return new Appended(List.copyOf(filed), Map.copyOf(buried), Map.copyOf(gone));
    }

    private void put(FiledEvent event, Queue queue, Map<String, Integer> buried, Map<String, Integer> gone) {
        Shelf shelf = shelf(queue.name());
        Instant time = event.event().time();
        if (shelf.isRoomFor(event, queue)) {
            shelf.waiting.put(event.id().number(), new Queued(event, 0, time));
            return;
        }
        buried.merge(queue.name(), 1, Integer::sum);
        int more = shelf.bury(new DeadLetter(event, 0, QUEUE_FULL, time));
        if (more > 0) {
            gone.merge(queue.name(), more, Integer::sum);
        }
    }

    @Override
    public synchronized Map<String, Story> stories(Collection<String> roomIds) {
        Map<String, Story> found = new TreeMap<>(stories);
        found.keySet().retainAll(roomIds);
        return found;
    }

    @Override
    public synchronized Map<String, Story> storiesAfter(Optional<String> roomId, int limit) {
        Map<String, Story> found = new TreeMap<>();
        (roomId.isEmpty() ? stories : stories.tailMap(roomId.get(), false))
                .entrySet().stream().limit(limit).forEach(each -> found.put(each.getKey(), each.getValue()));
        return found;
    }

    @Override
    public synchronized Map<String, Story> open() {
        Map<String, Story> open = new TreeMap<>(stories);
        open.values().removeIf(story -> story.openAt().isEmpty());
        return open;
    }

    @Override
    public synchronized void know(Map<String, Long> clocks) {
        clocks.forEach((room, time) -> stories.putIfAbsent(room, new Story(time, Optional.empty())));
    }

    @Override
    public synchronized boolean isSettled() {
        return isSettled;
    }

    @Override
    public synchronized void settle() {
        isSettled = true;
    }

    @Override
    public synchronized void began(String node) {
        nodes.add(node);
    }

    @Override
    public synchronized void ended(String node) {
        nodes.remove(node);
    }

    @Override
    public synchronized List<String> nodes() {
        return List.copyOf(nodes);
    }

    @Override
    public synchronized Page after(Optional<EventId> after, int limit) {
        boolean isKnown =
                after.isEmpty() || (after.get().log().equals(log) && after.get().number() <= last);
        long from = after.isPresent() && isKnown ? Math.max(after.get().number(), forgotten) : forgotten;
        List<FiledEvent> events =
                window.tailMap(from, false).values().stream().limit(limit).toList();
        return new Page(
                events,
                !isKnown || (after.isPresent() && after.get().number() < forgotten),
                events.isEmpty() ? new EventId(log, from) : events.getLast().id());
    }

    @Override
    public synchronized EventId last() {
        return new EventId(log, last);
    }

    @Override
    public synchronized List<Queued> queued(String queue, Optional<EventId> after, int limit) {
        return page(shelf(queue).waiting, after, limit);
    }

    private <T> List<T> page(NavigableMap<Long, T> all, Optional<EventId> after, int limit) {
        long from =
                after.filter(id -> id.log().equals(log)).map(EventId::number).orElse(0L);
        return all.tailMap(from, false).values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void delivered(String queue, EventId id) {
        number(id).ifPresent(shelf(queue).waiting::remove);
    }

    private Optional<Long> number(EventId id) {
        return id.log().equals(log) ? Optional.of(id.number()) : Optional.empty();
    }

    @Override
    public synchronized void postpone(String queue, EventId id, int attempts, Instant dueAt) {
        number(id).ifPresent(number -> shelf(queue)
                .waiting
                .computeIfPresent(number, (each, queued) -> new Queued(queued.event(), attempts, dueAt)));
    }

    @Override
    public synchronized int bury(String queue, EventId id, String why, Instant now) {
        return number(id)
                .map(shelf(queue).waiting::remove)
                .map(queued -> shelf(queue).bury(new DeadLetter(queued.event(), queued.attempts(), why, now)))
                .orElse(0);
    }

    @Override
    public synchronized List<DeadLetter> dead(String queue, Optional<EventId> after, int limit) {
        return page(shelf(queue).dead, after, limit);
    }

    @Override
    public synchronized List<EventId> resend(String queue, Optional<List<EventId>> ids, Queue bounds, Instant now) {
        Shelf shelf = shelf(queue);
        List<EventId> waiting = new ArrayList<>();
        for (DeadLetter letter : chosen(shelf, ids)) {
            if (shelf.isRoomFor(letter.event(), bounds)) {
                EventId id = letter.event().id();
                shelf.dead.remove(id.number());
                shelf.waiting.put(id.number(), new Queued(letter.event(), 0, now));
                waiting.add(id);
            }
        }
        return waiting;
    }

    @Override
    public synchronized int discard(String queue, Optional<List<EventId>> ids) {
        List<DeadLetter> chosen = chosen(shelf(queue), ids);
        chosen.forEach(letter -> shelf(queue).dead.remove(letter.event().id().number()));
        return chosen.size();
    }

    private static List<DeadLetter> chosen(Shelf shelf, Optional<List<EventId>> ids) {
        return shelf.dead.values().stream()
                .filter(letter ->
                        ids.map(some -> some.contains(letter.event().id())).orElse(true))
                .toList();
    }

    @Override
    public synchronized Level level(String queue) {
        Shelf shelf = shelf(queue);
        return new Level(
                shelf.waiting.size(),
                shelf.waitingBytes(),
                Optional.ofNullable(shelf.waiting.firstEntry())
                        .map(each -> each.getValue().event().event().time()),
                shelf.dead.size());
    }

    @Override
    public synchronized List<String> queues() {
        return shelves.entrySet().stream()
                .filter(each -> !each.getValue().waiting.isEmpty()
                        || !each.getValue().dead.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized boolean take(String task, String node, Duration patience) {
        Instant now = clock.instant();
        Turn turn = turns.compute(
                task,
                (each, held) -> held == null
                                || held.node().equals(node)
                                || !held.until().isAfter(now)
                        ? new Turn(node, now.plus(patience))
                        : held);
        return turn.node().equals(node);
    }

    @Override
    public synchronized void giveAway(String task, String node) {
        turns.computeIfPresent(task, (each, held) -> held.node().equals(node) ? null : held);
    }

    @Override
    public void ping() {}

    /** It is there as long as this object: who opens it again has what was in it. */
    @Override
    public void close() {}

    /** All that was told of rooms, as one looks at it in a test. */
    public synchronized <T> List<T> told(Function<FiledEvent, T> view) {
        return window.values().stream().map(view).toList();
    }
}
