package dev.drawbridge.host;

import java.util.concurrent.CompletionStage;

/**
 * What one request has borrowed of a budget. All of it is given back when the request is over, and whatever was begun for
 * it, too: a read that nobody waits for any more still fills the memory. For any thread.
 */
public final class ByteLoan implements AutoCloseable {
    private final ByteBudget budget;
    private long held;
    private int underWay = 1;
    private boolean closed;

    public ByteLoan(ByteBudget budget) {
        this.budget = budget;
    }

    /** Borrows bytes if there are any left; what is larger than the whole budget may go alone. */
    synchronized boolean tryTake(long bytes) {
        if (closed || !budget.tryTake(bytes, held)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /** Something has begun that what is borrowed is needed for, whoever waits for it. */
    synchronized <T> CompletionStage<T> during(CompletionStage<T> work) {
        underWay++;
        return work.whenComplete((result, error) -> end());
    }

    private synchronized void end() {
        underWay--;
        if (underWay == 0) {
            budget.giveBack(held);
            held = 0;
        }
    }

    /** The request is over; nothing more is lent. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            end();
        }
    }
}
