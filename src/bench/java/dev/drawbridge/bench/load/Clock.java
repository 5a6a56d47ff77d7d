package dev.drawbridge.bench.load;

/** The one clock of all clients: latency is measured between two of them, so both have to read the same. */
final class Clock {
    /** What is added for the wire: thirteen digits, as a client's own {@code Date.now()} would have. */
    private static final long WIRE = 1_700_000_000_000L;

    private static final long START = System.nanoTime();

    private Clock() {}

    /** Microseconds since the start of this process; they only grow. */
    static long micros() {
        return (System.nanoTime() - START) / 1_000;
    }

    static long toWire(long micros) {
        return WIRE + micros;
    }

    static long fromWire(long onTheWire) {
        return onTheWire - WIRE;
    }
}
