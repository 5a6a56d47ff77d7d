package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what a feed gives to a subscriber. */
final class Handing {
    private static final Logger log = LoggerFactory.getLogger(Handing.class);

    private final RoomEvents.Subscriber subscriber;
    private volatile @Nullable EventId last;
    private volatile boolean closed;

    Handing(RoomEvents.Subscriber subscriber) {
        this.subscriber = subscriber;
    }

    void read(Feed feed) {
        try {
            Feed.Batch batch;
            do {
                batch = feed.next();
                batch.missed().ifPresent(from -> hand(() -> subscriber.missed(from)));
                for (Followed event : batch.events()) {
                    hand(() -> subscriber.on(event.filed()));
                    if (!closed) {
                        last = event.id();
                    }
                }
                if (!closed) {
                    last = feed.place();
                }
            } while (batch.more() && !closed);
        } catch (EventStoreException e) {
            log.debug("A subscription waits for the store of events", e); // the follower says so
        }
    }

    /** What is done to a subscriber. */
    @FunctionalInterface
    private interface Handover {
        void run() throws Exception;
    }

    private void hand(Handover handover) {
        if (closed) {
            return;
        }
        try {
            handover.run();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            log.warn("A subscriber to room events has failed; it is given the next one", e);
        }
    }

    /** Before the feed is woken for the first time. */
    RoomEvents.Subscription begin(Feed feed) {
        EventId beginning = feed.place();
        return new RoomEvents.Subscription() {
            @Override
            public EventId last() {
                EventId handed = last;
                return handed == null ? beginning : handed;
            }

            @Override
            public void close() {
                closed = true;
                feed.close();
            }
        };
    }
}
