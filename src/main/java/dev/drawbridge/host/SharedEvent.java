package dev.drawbridge.host;

import dev.drawbridge.protocol.DataEvent;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An encoded event that waits in several outboxes. Its bytes are there once, and count once, for as long as one of them
 * holds it.
 */
final class SharedEvent {
    private final DataEvent.Encoded event;
    private final ByteBudget budget;
    private final AtomicInteger holders = new AtomicInteger();

    SharedEvent(DataEvent.Encoded event, ByteBudget budget) {
        this.event = event;
        this.budget = budget;
    }

    DataEvent.Encoded event() {
        return event;
    }

    byte[] json() {
        return event.json();
    }

    int length() {
        return event.json().length;
    }

    /** The same answer to a push, but that it had no effect. */
    SharedEvent asDiscard() {
        return new SharedEvent(event.asDiscard(), budget);
    }

    void hold() {
        if (holders.getAndIncrement() == 0) {
            budget.add(length());
        }
    }

    void letGo() {
        if (holders.decrementAndGet() == 0) {
            budget.giveBack(length());
        }
    }
}
