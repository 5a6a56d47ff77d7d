package dev.drawbridge.events.hooks;

import dev.drawbridge.events.EventStore.Level;
import java.util.Optional;

/** Is told of what becomes of events that are sent. It must not wait. */
public interface WebhookObserver {

    /** Why events became dead letters. */
    enum Reason {
        /** There was no room for them in the queue. */
        FULL,
        /** They were too old when it failed once more. */
        GIVEN_UP,
        /** The receiver is no more. */
        GONE
    }

    /** Something was sent, or that was tried. */
    void attempted(String webhook, Attempt.Outcome outcome, long nanos);

    /** Events have become dead letters. */
    void buried(String webhook, Reason reason, int events);

    /** Dead letters had to go because there are too many. */
    void forgotten(String webhook, int deadLetters);

    /**
     * How much there is.
     *
     * @param level empty when another node sends it
     */
    void level(String webhook, Optional<Level> level);
}
