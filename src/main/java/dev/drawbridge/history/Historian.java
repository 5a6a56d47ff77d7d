package dev.drawbridge.history;

import dev.drawbridge.host.RoomCommandException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has versions made by themselves, of what {@link Notes} has noted: some time after the first change, and when the last session
 * has left. What cannot be made is made later.
 */
public final class Historian {
    private static final Logger log = LoggerFactory.getLogger(Historian.class);

    /** So many wait for their turn at once: a person who asks for a version waits for no more than these. */
    private static final int MOST_AT_ONCE = 4;

    private static final int A_BATCH = 500;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(10);

    private final Versions versions;
    private final Notes notes;
    private final long every;
    private final Queue<Notes.Due> waiting = new ArrayDeque<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger looking = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();

    /** @param every how long after the first change a version is made; zero: only when the last session has left */
    public Historian(Versions versions, Notes notes, Duration every) {
        this.versions = versions;
        this.notes = notes;
        this.every = every.isZero() ? Long.MAX_VALUE : every.toMillis();
    }

    /** To be called about once a second. It does not wait. */
    public void tick() {
        notes.takeOpened().forEach(this::look);
        begin(MOST_AT_ONCE - underWay.get());
    }

    private void begin(int most) {
        for (int i = 0; i < most; i++) {
            Notes.Due due = next();
            if (due == null) {
                return;
            }
            underWay.incrementAndGet();
            var _ = versions.make(due.roomId(), due.reason(), Optional.empty())
                    .whenComplete((version, error) -> made(due.roomId(), error));
        }
    }

    /** All that is noted is looked through for many at once, and not for each. */
    private synchronized Notes.@Nullable Due next() {
        if (waiting.isEmpty()) {
            waiting.addAll(notes.due(every, A_BATCH));
        }
        return waiting.poll();
    }

    /** Whether nothing is being done of what a tick has begun. */
    boolean isIdle() {
        return underWay.get() == 0 && looking.get() == 0;
    }

    /** A room that has changed before it was opened here, and has no version of that, gets one. */
    private void look(String roomId, long documentClock) {
        looking.incrementAndGet();
        var _ = versions.isBehind(roomId, documentClock).whenComplete((isBehind, error) -> {
            if (error != null) {
                notes.openedStill(roomId, documentClock);
                failed(error);
            } else if (isBehind) {
                notes.changedBefore(roomId, documentClock);
            }
            looking.decrementAndGet();
        });
    }

    private void made(String roomId, @Nullable Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause == null) {
            notes.done(roomId);
            if (failing.getAndSet(false)) {
                log.info("Versions are made again");
            }
        } else if (cause instanceof RoomCommandException.NoSuchRoom) {
            notes.forget(roomId);
        } else {
            notes.failed(roomId, FIRST_PAUSE.toMillis(), LAST_PAUSE.toMillis());
            failed(cause);
        }
        if (!failing.get()) {
            begin(MOST_AT_ONCE - underWay.get() + 1); // many are due at once now and then; a failing store is spared
        }
        underWay.decrementAndGet();
    }

    private void failed(Throwable cause) {
        if (!failing.getAndSet(true)) {
            log.warn("Versions cannot be made at the moment. They are made later", cause);
        }
    }
}
