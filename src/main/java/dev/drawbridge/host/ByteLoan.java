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

    /**
     * Borrows bytes, before there is anything in memory that takes them; what is larger than the whole budget may go alone. They
     * are given back with all the others.
     *
     * @return whether they are lent: not when too many are held already, nor when the request is over
     */
    public synchronized boolean tryTake(long bytes) {
        if (closed || !budget.tryTake(bytes, held)) {
            return false;
        }
        held += bytes;
        return true;
    }

    /**
     * Something has begun that what is borrowed is needed for, whoever waits for it: until it ends nothing is given back,
     * even if the request is over before.
     *
     * @return ends as the work does, when that has been noted
     */
    public synchronized <T> CompletionStage<T> during(CompletionStage<T> work) {
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
