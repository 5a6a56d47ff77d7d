package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import java.util.Optional;

/** Of a store of events only its log. */
interface Log {

    /** As {@link EventStore#after}. */
    EventStore.Page after(Optional<EventId> after, int limit) throws EventStoreException;

    /** As {@link EventStore#last}. */
    EventId last() throws EventStoreException;

    static Log of(EventStore store) {
        return new Log() {
            @Override
            public EventStore.Page after(Optional<EventId> after, int limit) throws EventStoreException {
                return store.after(after, limit);
            }

            @Override
            public EventId last() throws EventStoreException {
                return store.last();
            }
        };
    }
}
