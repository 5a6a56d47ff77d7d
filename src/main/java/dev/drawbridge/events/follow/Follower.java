package dev.drawbridge.events.follow;

import dev.drawbridge.events.AppendListener;
import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what is new in the log, once for all who follow it on this node, on a thread of its own. While nobody follows nothing
 * is read.
 */
public final class Follower implements AppendListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    private static final int MOST_EVENTS = 1_024;
    private static final long MOST_BYTES = 4L * 1024 * 1024;
    private static final int A_PAGE = 128;

    /** What other nodes write down nobody tells this one. */
    private static final long AMONG_OTHERS = 250;

    private static final long ALONE = 5_000;
    private static final long AFTER_FAILURE = 1_000;

    /** Those who follow are woken less often the more they are: what comes meanwhile they are given at once. */
    private static final int WAKES_PER_MILLISECOND = 20;

    private static final long LONGEST_REST = 100;

    /** Many may have to be told of the past at once, as after a restart; each page is as much as it is. */
    private static final int READERS = 4;

    private final Log events;
    private final BooleanSupplier amongOthers;
    private final Function<FiledEvent, byte[]> format;
    private final Ring ring;
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private final Semaphore wakes = new Semaphore(0);
    private final Semaphore readers = new Semaphore(READERS);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongAdder missed = new LongAdder();
    private volatile boolean troubled;
    private boolean failing;
    private @Nullable Thread thread;

    /**
     * @param amongOthers whether there are other nodes that write to the same log
     * @param format an event as it is told outside
     */
    public Follower(EventStore store, BooleanSupplier amongOthers, Function<FiledEvent, byte[]> format) {
        this(Log.of(store), amongOthers, format, new Ring(MOST_EVENTS, MOST_BYTES));
    }

    Follower(Log events, BooleanSupplier amongOthers, Function<FiledEvent, byte[]> format, Ring ring) {
        this.events = events;
        this.amongOthers = amongOthers;
        this.format = format;
        this.ring = ring;
    }

    // ---- who follows

    /**
     * Where somebody begins.
     *
     * @param missed what they have missed before that, as in {@link Feed.Batch}
     */
    record Place(EventId after, Optional<EventId> missed) {}

    /**
     * Begins to follow. Nothing is read before the feed is woken for the first time.
     *
     * @param executor runs the reader; it may wait
     * @param reader asks the feed for what there is, until there is no more
     */
    public Feed open(EventFilter wanted, Beginning beginning, Executor executor, Consumer<Feed> reader)
            throws EventStoreException {
        Feed feed = new Feed(this, wanted, place(beginning), executor, reader);
        feeds.add(feed);
        wakeUp();
        return feed;
    }

    private Place place(Beginning beginning) throws EventStoreException {
        return switch (beginning) {
            case Beginning.Now _ -> new Place(events.last(), Optional.empty());
            case Beginning.Oldest _ -> new Place(beforeOldest(), Optional.empty());
            case Beginning.After(EventId id) -> after(id);
        };
    }

    /** An id that is still to come is one of a log that was put back, by a backup. */
    private Place after(EventId id) throws EventStoreException {
        EventId last = events.last();
        if (id.log().equals(last.log()) && id.compareTo(last) <= 0) {
            return new Place(id, Optional.empty());
        }
        EventStore.Page page = events.after(Optional.empty(), 1);
        return page.events().isEmpty()
                ? new Place(last, Optional.of(last))
                : new Place(
                        before(page.events().getFirst().id()),
                        Optional.of(page.events().getFirst().id()));
    }

    private EventId beforeOldest() throws EventStoreException {
        EventStore.Page page = events.after(Optional.empty(), 1);
        return page.events().isEmpty()
                ? events.last()
                : before(page.events().getFirst().id());
    }

    private static EventId before(EventId id) {
        return new EventId(id.log(), id.number() - 1);
    }

    void forget(Feed feed) {
        feeds.remove(feed);
    }

    /** How many follow. */
    public int size() {
        return feeds.size();
    }

    /** How often somebody was told that they have missed something. */
    public long missed() {
        return missed.sum();
    }

    // ---- what they ask

    Ring ring() {
        return ring;
    }

    EventId last() throws EventStoreException {
        return events.last();
    }

    EventStore.Page read(EventId after, int limit) throws EventStoreException {
        readers.acquireUninterruptibly();
        try {
            return events.after(Optional.of(after), limit);
        } finally {
            readers.release();
        }
    }

    List<Followed> followed(List<FiledEvent> filed) {
        return filed.stream()
                .map(event -> new Followed(Undetailed.of(event), format))
                .toList();
    }

    void countMissed() {
        missed.increment();
    }

    /** Somebody could not read, and is to be woken again. */
    void isTroubled() {
        troubled = true;
        wakeUp();
    }

    // ---- what is new

    /** Those of this node are read at once. */
    @Override
    public void appended(List<FiledEvent> news) {
        if (!news.isEmpty() && !feeds.isEmpty()) {
            wakeUp();
        }
    }

    private void wakeUp() {
        if (wakes.availablePermits() == 0) {
            wakes.release();
        }
    }

    /** Reads what is new, and wakes whom it concerns. */
    void turn() throws EventStoreException {
        if (feeds.isEmpty()) {
            ring.clear();
            return;
        }
        Optional<EventId> begun = ring.last();
        EventId last = begun.isPresent() ? begun.get() : beginAt(events.last());
        while (true) {
            EventStore.Page page = events.after(Optional.of(last), A_PAGE);
            if (page.missed()) {
                // More than is kept was written at once, or there is another log: each finds out where it is by itself.
                last = beginAt(page.events().isEmpty() ? events.last() : page.last());
            } else if (page.last().equals(last)) {
                return;
            } else {
                List<Followed> news = followed(page.events());
                ring.add(news, page.last());
                for (Feed feed : feeds) {
                    feed.told(news, last, page.last());
                }
                last = page.last();
            }
        }
    }

    private EventId beginAt(EventId place) {
        ring.beginAt(place);
        feeds.forEach(Feed::wake);
        return place;
    }

    // ---- its thread

    /** Begins to read, until it is closed. */
    public synchronized void start() {
        thread = Thread.ofPlatform().daemon().name("events-follower").start(this::run);
    }

    private void run() {
        try {
            while (closing.getCount() > 0) {
                await();
                runTurn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() throws InterruptedException {
        if (feeds.isEmpty()) {
            wakes.acquire();
        } else {
            var _ = wakes.tryAcquire(amongOthers.getAsBoolean() ? AMONG_OTHERS : ALONE, TimeUnit.MILLISECONDS);
        }
    }

    private void runTurn() throws InterruptedException {
        boolean wereTroubled = troubled;
        troubled = false;
        try {
            if (wereTroubled) {
                pause(AFTER_FAILURE);
            }
            turn();
            if (failing) {
                failing = false;
                log.info("Events are read again");
            }
            if (wereTroubled) {
                feeds.forEach(Feed::tryAgain);
            }
            pause(Math.min(LONGEST_REST, feeds.size() / WAKES_PER_MILLISECOND));
        } catch (EventStoreException | RuntimeException e) {
            if (!failing) {
                failing = true;
                log.warn("Events cannot be read at the moment. Those who follow are told of them later", e);
            }
            isTroubled(); // which comes again after a pause
        }
    }

    private void pause(long millis) throws InterruptedException {
        var _ = closing.await(millis, TimeUnit.MILLISECONDS);
    }

    /** Reads no more; what follows is given nothing new. */
    @Override
    public void close() {
        closing.countDown();
        wakes.release();
        Thread running;
        synchronized (this) {
            running = thread;
        }
        try {
            if (running != null) {
                running.join(AFTER_FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feeds.forEach(Feed::close);
    }
}
