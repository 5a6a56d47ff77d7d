package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What happens in rooms, for whoever runs in the same process: those of all nodes, each event once, in the order of the log,
 * which is the order of each room. An event that is handed over is written down. The records that have changed are not told: they are in the
 * room.
 */
public interface RoomEvents {

    /**
     * Hands events over on a virtual thread of the subscription's own.
     *
     * @throws EventStoreException when the store does not say where to begin
     */
    default Subscription subscribe(EventFilter wanted, Beginning beginning, Subscriber subscriber)
            throws EventStoreException {
        return subscribe(wanted, beginning, subscriber, task -> Thread.ofVirtual()
                .name("room-events")
                .start(task));
    }

    /**
     * Hands events over on threads of an executor, one event at a time. Nothing is queued for a subscription: one that is
     * slow is given what it has not had yet when it gets to it, from the store if need be, and as long as that has it.
     *
     * @param executor runs the subscription whenever there is something for it, until it has had all there is
     * @throws EventStoreException when the store does not say where to begin
     */
    Subscription subscribe(EventFilter wanted, Beginning beginning, Subscriber subscriber, Executor executor)
            throws EventStoreException;

    /**
     * A page of what is kept.
     *
     * @param after empty: from the oldest
     * @param limit the most events, at least 1
     * @return {@code last} is where the next page begins, whether there are events on this one or not
     */
    EventStore.Page page(EventFilter wanted, Optional<EventId> after, int limit) throws EventStoreException;

    /** The id of the newest event, or where the first one will follow. */
    EventId last() throws EventStoreException;

    /** Is given events. */
    interface Subscriber {

        /** An exception is logged, and the next event follows: none is given twice. */
        void on(FiledEvent event) throws Exception;

        /**
         * It came too late: what was between the event before and the next one is not kept any more, or there was another
         * log then.
         *
         * @param from the oldest that is kept
         */
        default void missed(EventId from) throws Exception {}
    }

    /** Somebody is given events, until it is closed or the server stops. */
    interface Subscription extends AutoCloseable {

        /** All that was wanted up to there was handed over: where to go on another time. */
        EventId last();

        /** No event is handed over any more but one that just is. */
        @Override
        void close();
    }
}
