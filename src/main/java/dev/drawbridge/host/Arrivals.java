package dev.drawbridge.host;

/**
 * Counts the inputs on their way to a room, so that nobody is let in by a host that ends at that moment. For any thread.
 */
final class Arrivals {
    private int underWay;
    private boolean closed;

    /** Somebody is on the way; false when it is too late for that. */
    synchronized boolean begin() {
        if (closed) {
            return false;
        }
        underWay++;
        return true;
    }

    /** Somebody has arrived. */
    synchronized void end() {
        underWay--;
    }

    /** Lets nobody in any more, unless somebody is on the way. */
    synchronized boolean closeIfNobodyComes() {
        closed |= underWay == 0;
        return closed;
    }

    synchronized void close() {
        closed = true;
    }
}
