package dev.drawbridge.events;

import java.util.Collection;
import java.util.List;

/** To whom events are to be sent. It is asked by many threads, those of rooms among them: it is quick and does not wait. */
public interface EventQueues {

    /** Nobody is sent anything. */
    EventQueues NONE = new EventQueues() {
        @Override
        public Collection<EventStore.Queue> all() {
            return List.of();
        }

        @Override
        public boolean wantDiffs(String roomId) {
            return false;
        }
    };

    /** The queues that events go into. */
    Collection<EventStore.Queue> all();

    /** Whether any of them wants the records themselves that have changed in a room. */
    boolean wantDiffs(String roomId);
}
