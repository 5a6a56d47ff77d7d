package dev.drawbridge.host;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of one kind a node holds, and how many it may. For any thread. */
public final class ByteBudget {
    private final long most;
    private final AtomicLong held = new AtomicLong();

    /** @param most how many bytes may be held at once */
    public ByteBudget(long most) {
        this.most = most;
    }

    public long most() {
        return most;
    }

    public long held() {
        return held.get();
    }

    /** Takes bytes that are there already, however many are held. */
    public void add(long bytes) {
        held.addAndGet(bytes);
    }

    /** Takes bytes if there is room for them; what is larger than all of it may go alone. */
    public boolean tryTake(long bytes) {
        return tryTake(bytes, 0);
    }

    /** The same for somebody who holds some already: who holds all that is held may take more than there is. */
    boolean tryTake(long bytes, long mine) {
        while (true) {
            long before = held.get();
            if (before > mine && before + bytes > most) {
                return false;
            }
            if (held.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    public void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    /** Whether more is held than may be. */
    boolean isExceeded() {
        return held.get() > most;
    }
}
