package dev.drawbridge.events;

/**
 * Is told what becomes of events, to count it. It is called by many threads, those of rooms among them: it is quick, does not
 * wait and does not throw.
 */
public interface EventsObserver {

    /** Nobody looks. */
    EventsObserver NONE = new EventsObserver() {};

    /** An event was written down. */
    default void filed(EventType type) {}

    /** An event was given up, because too much waits to be written down. */
    default void dropped(EventType type) {}

    /** Events are dead letters at once, because their queue is full. */
    default void buried(String queue, int events) {}

    /** Dead letters have gone, because there are too many. */
    default void forgotten(String queue, int letters) {}
}
