package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One who follows: a place in the log, and what is wanted of what comes after it. Its reader is run whenever there may be
 * something, never twice at once, and asks for it by {@link #next}; what it does not ask for waits where it is.
 */
public final class Feed implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Feed.class);

    /** So much is given at once, or one event if that is larger. */
    static final int MOST_BYTES = 64 * 1024;

    private static final int MOST_OF_RING = 256;
    private static final int MOST_OF_STORE = 64;

    /**
     * What comes next.
     *
     * @param missed when something before these events was wanted and is not kept any more: the oldest event that is
     * @param more whether there is more already; when not, the reader is run again when there is
     */
    public record Batch(Optional<EventId> missed, List<Followed> events, boolean more) {
        static final Batch NOTHING = new Batch(Optional.empty(), List.of(), false);

        public boolean isEmpty() {
            return missed.isEmpty() && events.isEmpty();
        }
    }

    private final Follower follower;
    private final EventFilter wanted;
    private final Consumer<Feed> reader;
    private final Executor executor;
    private final AtomicReference<EventId> place;
    private final AtomicInteger asked = new AtomicInteger();
    private Optional<EventId> missed;
    private int pageSize = MOST_OF_STORE;
    private volatile boolean failed;
    private volatile boolean closed;

    Feed(Follower follower, EventFilter wanted, Follower.Place beginning, Executor executor, Consumer<Feed> reader) {
        this.follower = follower;
        this.wanted = wanted;
        this.place = new AtomicReference<>(beginning.after());
        this.missed = beginning.missed();
        this.executor = executor;
        this.reader = reader;
    }

    // ---- when it is read

    /** Has the reader run, now or once more when it is done. The first time it is up to whoever has opened it. */
    public void wake() {
        if (asked.getAndIncrement() == 0) {
            try {
                executor.execute(this::read);
            } catch (RejectedExecutionException e) {
                asked.set(0); // it is tried again when there is something the next time
                log.warn("Nobody takes the events that somebody follows: {}", e.getMessage());
            }
        }
    }

    private void read() {
        int done;
        do {
            done = asked.get();
            try {
                reader.accept(this);
            } catch (RuntimeException e) {
                log.error("Events could not be handed on", e);
            }
        } while (asked.addAndGet(-done) != 0);
    }

    /** There is something new: what is not wanted moves the place on, so that it never gets old. */
    void told(List<Followed> news, EventId before, EventId last) {
        if (news.stream().anyMatch(event -> wanted.includes(event.filed().event())) || !skipped(before, last)) {
            wake();
        }
    }

    private boolean skipped(EventId before, EventId last) {
        EventId now = place.get();
        return now.equals(before)
                ? place.compareAndSet(now, last)
                : now.log().equals(last.log()) && now.compareTo(last) >= 0;
    }

    /** What could not be read can perhaps be now. */
    void tryAgain() {
        if (failed) {
            wake();
        }
    }

    // ---- what is read

    /**
     * What follows. It may wait for the store, and is for the reader only.
     *
     * @throws EventStoreException when the store does not answer; the reader is run again in a while
     */
    public Batch next() throws EventStoreException {
        if (closed) {
            return Batch.NOTHING;
        }
        if (missed.isPresent()) {
            Batch first = new Batch(missed, List.of(), true);
            missed = Optional.empty();
            follower.countMissed();
            return first;
        }
        EventId after = place.get();
        Optional<Ring.Part> part = follower.ring().after(after, MOST_OF_RING);
        if (part.isPresent()) {
            return take(part.get(), Optional.empty());
        }
        try {
            Batch batch = fromStore(after);
            failed = false;
            return batch;
        } catch (EventStoreException e) {
            failed = true;
            follower.isTroubled();
            throw e;
        }
    }

    private Batch fromStore(EventId after) throws EventStoreException {
        EventStore.Page page = follower.read(after, pageSize);
        List<Followed> events = follower.followed(page.events());
        if (!page.missed()) {
            Batch batch = take(new Ring.Part(events, page.last(), !page.last().equals(after)), Optional.empty());
            // What is read and not taken, because it is much, will be read again.
            boolean all = place().compareTo(page.last()) >= 0;
            pageSize = Math.clamp(all ? 2L * pageSize : pageSize / 2, 1, MOST_OF_STORE);
            return batch;
        }
        follower.countMissed();
        if (events.isEmpty()) {
            EventId last = follower.last();
            moveTo(last);
            return new Batch(Optional.of(last), List.of(), true);
        }
        return take(
                new Ring.Part(events, page.last(), true),
                Optional.of(events.getFirst().id()));
    }

    private Batch take(Ring.Part part, Optional<EventId> from) {
        List<Followed> taken = new ArrayList<>();
        long bytes = 0;
        EventId upTo = part.upTo();
        boolean more = part.more();
        EventId before = place.get();
        for (Followed event : part.events()) {
            if (wanted.includes(event.filed().event())) {
                int size = event.json().length;
                if (!taken.isEmpty() && bytes + size > MOST_BYTES) {
                    upTo = before;
                    more = true;
                    break;
                }
                taken.add(event);
                bytes += size;
            }
            before = event.id();
        }
        moveTo(upTo);
        return new Batch(from, List.copyOf(taken), more);
    }

    /** It may have been moved on meanwhile, over what is not wanted. */
    private void moveTo(EventId upTo) {
        place.updateAndGet(now -> now.log().equals(upTo.log()) && now.compareTo(upTo) > 0 ? now : upTo);
    }

    /** All that was wanted up to there was given by {@link #next}. */
    public EventId place() {
        return place.get();
    }

    @Override
    public void close() {
        closed = true;
        follower.forget(this);
    }
}
