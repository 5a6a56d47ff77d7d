package dev.drawbridge.host;

import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Payload;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An event that waits in several outboxes. Its bytes are there once, and count once, for as long as one of them holds it.
 */
public final class SharedEvent {
    private final DataEvent event;
    private final ByteBudget budget;
    private final AtomicInteger holders = new AtomicInteger();

    public SharedEvent(DataEvent event, ByteBudget budget) {
        this.event = event;
        this.budget = budget;
    }

    public DataEvent event() {
        return event;
    }

    public Payload payload() {
        return event.encode();
    }

    public long length() {
        return event.encode().length();
    }

    /** Another event in its place. */
    SharedEvent with(DataEvent other) {
        return new SharedEvent(other, budget);
    }

    public void hold() {
        if (holders.getAndIncrement() == 0) {
            budget.add(length());
        }
    }

    public void letGo() {
        if (holders.decrementAndGet() == 0) {
            budget.giveBack(length());
        }
    }
}
