package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.host.HostClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down what the {@link Recorder} has noted. A store that is away is asked again, less and less often; when a call has
 * failed, the log is asked what of it has happened, so that nothing is told twice. One thread uses it.
 */
public final class Writer {
    private static final Logger log = LoggerFactory.getLogger(Writer.class);

    private static final int A_LOT = 500;

    /** Each may take as much as a diff may, and more than that in memory. */
    private static final int MOST_DIFFS = 20;

    private static final long FIRST_PAUSE = 200;
    private static final long LONGEST_PAUSE = 10_000;

    private final EventStore store;
    private final Filing filing;
    private final Recorder recorder;
    private final Diffs diffs;
    private final String node;
    private final HostClock clock;

    private List<Noted> lot = List.of();
    private List<RoomEvent> events = List.of();
    private Optional<EventId> last = Optional.empty();
    private boolean isInDoubt;
    private boolean isSettled;
    private boolean isFailing;
    private long pause = FIRST_PAUSE;
    private long notBefore = Long.MIN_VALUE;

    public Writer(EventStore store, Filing filing, Recorder recorder, Diffs diffs, String node, HostClock clock) {
        this.store = store;
        this.filing = filing;
        this.recorder = recorder;
        this.diffs = diffs;
        this.node = node;
        this.clock = clock;
    }

    /** Says that this node begins, which is to be done before it has rooms; returns whether the store could be told. */
    public boolean begin() {
        try {
            ensureBegun();
            return true;
        } catch (EventStoreException e) {
            failed(e);
            return false;
        }
    }

    private EventId ensureBegun() throws EventStoreException {
        if (last.isEmpty()) {
            store.began(node);
            last = Optional.of(store.last());
        }
        return last.get();
    }

    /** Writes down what is due. To be called some times a second; it waits for the store. */
    public void step() {
        if (clock.millis() >= notBefore) {
            write(false);
        }
    }

    /**
     * Writes everything down, also what is not due yet.
     *
     * @param patience how long it may take
     */
    public void flush(Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        boolean isWritten = write(true);
        while (!isWritten
                && System.nanoTime() < until
                && !Thread.currentThread().isInterrupted()) {
            isWritten = pauseAnd(FIRST_PAUSE) && write(true);
        }
    }

    /** The end: when all is written, and no room is open, this node has ended in good order. */
    public void end() {
        try {
            if (recorder.isAtRest()) {
                store.ended(node);
                return;
            }
        } catch (EventStoreException e) {
            log.debug("The store of events could not be told that this server ends", e);
        }
        log.warn(
                "Not all events could be written down: {} are left. What was not told of rooms is found by the server that"
                        + " looks for it next",
                recorder.waiting());
    }

    private static boolean pauseAnd(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether nothing is left that is due. */
    private boolean write(boolean all) {
        while (true) {
            if (lot.isEmpty()) {
                lot = recorder.take(A_LOT, MOST_DIFFS, all);
                if (lot.isEmpty()) {
                    return true;
                }
                events = diffs.with(lot);
            }
            try {
                file();
            } catch (EventStoreException e) {
                failed(e);
                return false;
            } catch (RuntimeException e) {
                log.error("{} events could not be written down, and are given up", lot.size(), e);
                recorder.lost(lot);
                next();
            }
        }
    }

    private void file() throws EventStoreException {
        EventId before = ensureBegun();
        if (isInDoubt) {
            forgetWhatIsThere(before);
        }
        makeKnown();
        isInDoubt = true;
        List<FiledEvent> filed = filing.file(() -> events);
        if (!filed.isEmpty()) {
            last = Optional.of(filed.getLast().id());
        }
        if (isFailing) {
            isFailing = false;
            log.info("Events are written down again");
        }
        for (RoomEvent event : events) {
            if (event.what() instanceof Deleted) {
                recorder.deletionTold(event.roomId());
            }
        }
        recorder.done(lot);
        next();
    }

    private void next() {
        lot = List.of();
        events = List.of();
        isInDoubt = false;
        pause = FIRST_PAUSE;
        notBefore = Long.MIN_VALUE;
    }

    private void failed(EventStoreException e) {
        if (!isFailing) {
            isFailing = true;
            log.warn("Events cannot be written down at the moment, and are later: {}", e.getMessage());
        }
        notBefore = clock.millis() + pause;
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    /** Those of a room are in the log together, or none of them is. */
    private void forgetWhatIsThere(EventId before) throws EventStoreException {
        Set<Trace> mine = new HashSet<>();
        events.forEach(event -> mine.add(Trace.of(event)));
        Set<String> there = new HashSet<>();
        EventId from = before;
        EventStore.Page page = store.after(Optional.of(from), A_LOT);
        while (!page.events().isEmpty()) {
            for (FiledEvent each : page.events()) {
                if (mine.contains(Trace.of(each.event()))) {
                    there.add(each.event().roomId());
                }
            }
            from = page.last();
            page = store.after(Optional.of(from), A_LOT);
        }
        events =
                events.stream().filter(event -> !there.contains(event.roomId())).toList();
        last = Optional.of(from);
        isInDoubt = false;
    }

    /** What of an event is the same in the log as before, whatever the story has made of it. */
    private record Trace(RoomEvent event, Object detail) {
        private static final Happening NOTHING = new Deleted();

        static Trace of(RoomEvent event) {
            Object detail =
                    switch (event.what()) {
                        case Changed changed -> changed.clock();
                        case Joined joined -> joined.who().sessionId();
                        case Left left -> left.who().sessionId();
                        case LimitHit hit -> hit.limit();
                        case Happening other -> other.type();
                    };
            return new Trace(
                    new RoomEvent(event.roomId(), event.time(), event.node(), NOTHING),
                    List.of(event.what().type(), detail));
        }
    }

    /** Until all rooms of the time before are known, one that is opened, or deleted, may be one of them. */
    private void makeKnown() throws EventStoreException {
        if (isSettled) {
            return;
        }
        isSettled = store.isSettled();
        if (!isSettled) {
            Map<String, Happening> first = new HashMap<>();
            events.forEach(event -> first.putIfAbsent(event.roomId(), event.what()));
            Map<String, Long> known = new HashMap<>();
            first.forEach((room, what) -> {
                if (what instanceof Opened(long documentClock)) {
                    known.put(room, documentClock);
                } else if (what instanceof Deleted) {
                    known.put(room, 0L);
                }
            });
            if (!known.isEmpty()) {
                store.know(known);
            }
        }
    }
}
