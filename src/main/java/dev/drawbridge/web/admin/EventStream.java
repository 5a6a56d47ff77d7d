package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.follow.Feed;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody who follows events over HTTP. Nothing waits for them: as long as the container has not got rid of what was
 * written, nothing is asked of the feed. So one that does not read holds what was given at once, and no thread; after the
 * container's timeout it is cut off.
 */
final class EventStream implements WriteListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(EventStream.class);

    /** Proxies and people take what says nothing for dead, and only by writing it is found out who is. */
    static final long SILENCE_MILLIS = 15_000;

    private static final byte[] NOTHING = {};

    /** The container has always ended it long before. */
    private static final long LEFT_TO_CONTAINER_MILLIS = 10_000;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Feed feed;
    private final LongSupplier millis;
    private final Runnable ended;
    private final AtomicBoolean over = new AtomicBoolean();

    /**
     * When writing fails the container ends the request at once, on a thread of its own, and uses the same objects for the
     * next one: it has to wait until whoever was writing is out of them.
     */
    private final ReentrantLock writing = new ReentrantLock();

    private byte @Nullable [] first;
    private boolean unflushed;

    /** Before the container says so for the first time nothing may be written, even if it seems that it could be. */
    private volatile boolean writable;

    private volatile boolean failed;
    private volatile long written;
    private volatile byte @Nullable [] goodbye;

    /**
     * @param first what it begins with
     * @param ended is run once, when nothing can be written any more
     */
    EventStream(
            AsyncContext context,
            ServletOutputStream out,
            Feed feed,
            byte[] first,
            LongSupplier millis,
            Runnable ended) {
        this.context = context;
        this.out = out;
        this.feed = feed;
        this.first = first;
        this.millis = millis;
        this.ended = ended;
        this.written = millis.getAsLong();
    }

    // ---- what is written, by the feed's reader only

    /** Writes what there is, as far as it is taken. */
    void write() {
        writing.lock();
        try {
            while (writable && !over.get() && out.isReady()) {
                if (unflushed) {
                    unflushed = false;
                    out.flush();
                } else {
                    byte[] next = next();
                    if (next.length == 0) {
                        return;
                    }
                    written = millis.getAsLong();
                    unflushed = true;
                    out.write(next);
                }
            }
        } catch (EventStoreException e) {
            log.debug("Somebody who follows events waits for their store", e); // the follower says so
        } catch (IOException | IllegalStateException e) {
            log.debug("Somebody who followed events has gone", e);
            fail();
        } finally {
            writing.unlock();
        }
    }

    private byte[] next() throws EventStoreException {
        byte[] begin = first;
        if (begin != null) {
            first = null;
            return begin;
        }
        Feed.Batch batch;
        do {
            batch = feed.next();
        } while (batch.isEmpty() && batch.more());
        if (!batch.isEmpty()) {
            return EventText.of(batch);
        }
        if (goodbye != null) {
            return last(goodbye);
        }
        return isSilent() ? EventText.alive(feed.place()) : NOTHING;
    }

    private byte[] last(byte[] text) {
        if (text.length == 0) {
            end();
        }
        goodbye = NOTHING;
        return text;
    }

    private boolean isSilent() {
        return millis.getAsLong() - written >= SILENCE_MILLIS;
    }

    // ---- when

    /** To be called now and then. */
    void tick() {
        if (over.get()) {
            if (failed && millis.getAsLong() - written >= LEFT_TO_CONTAINER_MILLIS) {
                complete();
            }
        } else if (isSilent()) {
            feed.wake();
        }
    }

    /** Writes that as the last. */
    void sayGoodbye(byte[] text) {
        goodbye = text;
        feed.wake();
    }

    /** Ends it, whatever is not written yet. */
    void end() {
        if (over.compareAndSet(false, true)) {
            feed.close();
            complete();
        }
    }

    /** Whoever fails to write leaves it to the container to end the request, which knows of it already. */
    private void fail() {
        if (over.compareAndSet(false, true)) {
            written = millis.getAsLong();
            failed = true;
            feed.close();
        }
    }

    private void complete() {
        failed = false;
        try {
            context.complete();
        } catch (IllegalStateException e) {
            log.debug("The container ends it already", e);
        }
    }

    // ---- what the container tells

    @Override
    public void onWritePossible() {
        writable = true;
        feed.wake();
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("Somebody who followed events has gone, or does not read", failure);
        fail();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        stopWriting();
        ended.run();
    }

    @Override
    public void onError(AsyncEvent event) {
        log.debug("Somebody who followed events cannot be written to", event.getThrowable());
        stopWriting();
        complete();
    }

    private void stopWriting() {
        over.set(true);
        feed.close();
        writing.lock();
        try {
            failed = false;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // nobody does so again
    }
}
