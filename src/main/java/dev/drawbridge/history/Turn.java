package dev.drawbridge.history;

import dev.drawbridge.host.RoomCommandException;
import java.util.concurrent.locks.ReentrantLock;

/** What takes memory happens once at a time on a node, in the order in which it was asked for. For threads that may wait. */
final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);

    /** What is done in a turn. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws VersionException, RoomCommandException;
    }

    <T> T take(Work<T> work) throws VersionException, RoomCommandException {
        lock.lock();
        try {
            return work.run();
        } finally {
            lock.unlock();
        }
    }
}
