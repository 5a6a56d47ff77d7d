package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.RoomObserver;
import dev.drawbridge.host.StoredChange;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.SessionInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what rooms tell, on their own threads, for a {@link Writer} to write it down. Rooms go on at once, whatever becomes of
 * that: changes are merged until they can be written, other events wait, and when too many do they are dropped. That is
 * counted, and the {@link Keeper} finds what was not told.
 *
 * <p>That a room is open is told with the first thing that happens in it: one in which nothing happens is not told of. A new room
 * is one when its first change is stored. Hits of a limit are told once a minute at most.
 */
public final class Recorder implements RoomObserver {
    private static final Logger log = LoggerFactory.getLogger(Recorder.class);

    private static final int MOST_WAITING = 20_000;

    /** Of the heap, each: for events that wait, and for the ids of records that have changed. */
    private static final int PART_OF_HEAP = 64;

    private final String node;
    private final HostClock clock;
    private final EventQueues queues;
    private final EventsObserver observer;
    private final long debounce;
    private final long debounceMost;
    private final Map<String, OpenRoom> rooms = new ConcurrentHashMap<>();
    /** Those that hold something back for a while. */
    private final Set<OpenRoom> holding = ConcurrentHashMap.newKeySet();

    private final Set<String> deleted = ConcurrentHashMap.newKeySet();
    private final Waiting waiting;
    private final ByteBudget ids;
    private final AtomicBoolean dropping = new AtomicBoolean();
    private final AtomicLong drops = new AtomicLong();
    private final AtomicLong seenTo = new AtomicLong();

    /**
     * @param node of which events tell
     * @param debounce changes are told when so long none has followed
     * @param debounceMost but so long after the first at the latest
     */
    public Recorder(
            String node,
            HostClock clock,
            Duration debounce,
            Duration debounceMost,
            long heap,
            EventQueues queues,
            EventsObserver observer) {
        this(
                node,
                clock,
                debounce,
                debounceMost,
                new Waiting(MOST_WAITING, heap / PART_OF_HEAP),
                new ByteBudget(heap / PART_OF_HEAP),
                queues,
                observer);
    }

    Recorder(
            String node,
            HostClock clock,
            Duration debounce,
            Duration debounceMost,
            Waiting waiting,
            ByteBudget ids,
            EventQueues queues,
            EventsObserver observer) {
        this.node = node;
        this.clock = clock;
        this.debounce = debounce.toMillis();
        this.debounceMost = debounceMost.toMillis();
        this.waiting = waiting;
        this.ids = ids;
        this.queues = queues;
        this.observer = observer;
    }

    // ---- what rooms tell

    @Override
    public void opened(String roomId, long documentClock, boolean isNew) {
        rooms.put(roomId, new OpenRoom(roomId, documentClock));
    }

    @Override
    public void changed(String roomId, Optional<Author> author, StoredChange change) {
        OpenRoom room = rooms.get(roomId);
        if (room == null) {
            return;
        }
        synchronized (room) {
            if (change.isFirst()) {
                note(roomId, new Created(change.clock()));
                tellOpen(room, change.clock());
                return;
            }
            tellOpen(room, Math.min(room.openedClock, change.previousClock()));
            long now = clock.millis();
            Instant time = time();
            room.change(change, () -> new PendingChange(change, ids, now, time))
                    .add(change, author.map(Recorder::person), now, time);
            holding.add(room);
        }
    }

    /** A change that opening the room has made is stored after it was opened: it was open as it was before. */
    private void tellOpen(OpenRoom room, long documentClock) {
        if (!room.isTold()) {
            room.told(documentClock);
            note(room.roomId, new Opened(documentClock));
        }
    }

    private static Person person(Author author) {
        return new Person(author.sessionId(), author.userId(), author.userName());
    }

    @Override
    public void joined(String roomId, SessionInfo session) {
        OpenRoom room = rooms.get(roomId);
        if (room == null) {
            return;
        }
        Person who = new Person(
                session.visitor().sessionId(),
                Optional.ofNullable(session.visitor().userId()),
                Optional.ofNullable(session.visitor().userName()));
        synchronized (room) {
            tellOpen(room, room.openedClock);
            Joined joined = new Joined(who, session.rights().readonly());
            if (room.comes(joined) && !note(roomId, joined)) {
                room.goes(who.sessionId());
            }
        }
    }

    @Override
    public void left(String roomId, String sessionId) {
        OpenRoom room = rooms.get(roomId);
        if (room == null) {
            return;
        }
        synchronized (room) {
            Joined gone = room.goes(sessionId);
            if (gone != null) {
                note(roomId, new Left(gone.who()));
            }
        }
    }

    @Override
    public void limitHit(String roomId, Limit limit) {
        OpenRoom room = rooms.get(roomId);
        if (room == null) {
            return;
        }
        synchronized (room) {
            room.hit(limit);
            holding.add(room);
        }
    }

    @Override
    public void closed(String roomId) {
        OpenRoom room = rooms.get(roomId);
        if (room == null) {
            return;
        }
        synchronized (room) {
            end(room);
        }
        rooms.remove(roomId, room); // not before what there is to tell of it waits
    }

    private void end(OpenRoom room) {
        if (room.isTold()) {
            tellChange(room);
            tellHits(room, true);
            room.people().forEach(gone -> note(room.roomId, new Left(gone.who())));
            note(room.roomId, new Closed(Closed.Why.ENDED));
            room.untold();
        }
        holding.remove(room);
    }

    /** One that is still open here is not used any more; or it is another one already, and says so when it changes. */
    @Override
    public void deleted(String roomId) {
        OpenRoom room = rooms.get(roomId);
        if (room == null) {
            note(roomId, new Deleted());
            return;
        }
        synchronized (room) {
            end(room);
            note(roomId, new Deleted());
        }
    }

    /** Something else has happened that has to do with a room. */
    public void happened(String roomId, Happening what) {
        note(roomId, what);
    }

    // ---- what waits

    private Instant time() {
        return clock.wall().truncatedTo(ChronoUnit.MILLIS);
    }

    private boolean note(String roomId, Happening what) {
        return note(Noted.of(new RoomEvent(roomId, time(), node, what)));
    }

    private boolean note(Noted event) {
        boolean isTaken = waiting.offer(event);
        if (!isTaken) {
            dropped(event.event().what().type());
        }
        return isTaken;
    }

    private void dropped(EventType type) {
        drops.incrementAndGet();
        observer.dropped(type);
        if (!dropping.getAndSet(true)) {
            log.warn(
                    "{} events wait to be written down, and more are not kept: who comes and goes meanwhile is not told, and"
                            + " the rest later",
                    waiting.size());
        }
    }

    private void tellChange(OpenRoom room) {
        PendingChange change = room.takePending();
        if (change != null) {
            note(change.end(room.roomId, node, queues.wantDiffs(room.roomId)));
        }
    }

    private void tellHits(OpenRoom room, boolean all) {
        room.takeHits(clock.millis(), all, LimitHit::new).forEach(hit -> note(room.roomId, hit));
    }

    /**
     * What is to be written down next; it counts as waiting until it is {@link #done}. What is held back is held back for
     * longer as long as other events wait.
     *
     * @param all whether nothing is held back any more
     */
    List<Noted> take(int most, int mostDiffs, boolean all) {
        if (waiting.untaken() < most && !waiting.isHalfFull()) {
            release(most, all);
        }
        List<Noted> taken = waiting.take(most, mostDiffs);
        if (!taken.isEmpty() && waiting.untaken() == 0 && dropping.getAndSet(false)) {
            log.info("Events are kept again");
        }
        return taken;
    }

    private void release(int most, boolean all) {
        long now = clock.millis();
        for (Iterator<OpenRoom> rooms = holding.iterator(); rooms.hasNext(); ) {
            OpenRoom room = rooms.next();
            synchronized (room) {
                if (room.isTold()) {
                    PendingChange change = room.pending();
                    if (change != null && (all || change.dueAt(debounce, debounceMost) <= now)) {
                        tellChange(room);
                    }
                    tellHits(room, all);
                }
                if (room.pending() == null && !room.hasHits()) {
                    rooms.remove();
                }
            }
            if (waiting.untaken() >= most || waiting.isHalfFull()) {
                return;
            }
        }
    }

    void done(List<Noted> taken) {
        waiting.done(taken);
    }

    /** These were given up, though there was room for them. */
    void lost(List<Noted> taken) {
        taken.forEach(each -> dropped(each.event().what().type()));
        waiting.done(taken);
    }

    /** How many events wait to be written down, changes that are being merged included. */
    public int waiting() {
        return waiting.size() + holding.size();
    }

    // ---- what the keeper asks

    /** That a room was deleted is told: if it was made anew at another node, that may have been told before. */
    void deletionTold(String roomId) {
        deleted.add(roomId);
    }

    /** The rooms of which that was told, and that nobody has {@link #looked} at since. */
    List<String> deleted() {
        return List.copyOf(deleted);
    }

    void looked(String roomId) {
        deleted.remove(roomId);
    }

    /** Whether a room is open here, or was and that is not all told. */
    boolean isBusy(String roomId) {
        return rooms.containsKey(roomId) || waiting.has(roomId);
    }

    /** The rooms that are open here by what was told. */
    Set<String> told() {
        Set<String> told = new HashSet<>();
        for (OpenRoom room : new ArrayList<>(rooms.values())) {
            synchronized (room) {
                if (room.isTold()) {
                    told.add(room.roomId);
                }
            }
        }
        return told;
    }

    /** What to tell of a room that is open here, as if for the first time; nothing when it is not, or events of it wait. */
    List<Happening> again(String roomId) {
        OpenRoom room = rooms.get(roomId);
        if (room == null) {
            return List.of();
        }
        synchronized (room) {
            List<Happening> all = new ArrayList<>();
            if (room.isTold() && !waiting.has(roomId)) {
                all.add(new Opened(room.toldClock()));
                all.addAll(room.people());
            }
            return all;
        }
    }

    /** How many events were ever noted, and how many of these are written down. */
    long noted() {
        return waiting.offered();
    }

    long written() {
        return waiting.done();
    }

    /** How many events were dropped since this node has begun. */
    long drops() {
        return drops.get();
    }

    /** What was not told because of so many of them was found, and is told. */
    void seenTo(long number) {
        seenTo.set(number);
    }

    /** Whether nothing is left to be told, and no room is open. */
    boolean isAtRest() {
        return rooms.isEmpty() && waiting.size() == 0 && deleted.isEmpty() && drops.get() == seenTo.get();
    }
}
