package dev.drawbridge.bench.load;

/**
 * When whose turn is: every one of them once in each period, spread evenly over it. It does not wait for whoever is
 * late: turns that were missed altogether are skipped and counted, so that a slow generator shows.
 */
final class Rhythm {
    private final int size;
    private final double period;
    private final double start;
    private long turn;

    /** @param periodMicros of each of them */
    Rhythm(int size, double periodMicros, long startMicros) {
        this.size = size;
        this.period = periodMicros;
        this.start = startMicros;
    }

    /** When the next turn is. */
    long due() {
        return (long) (start + turn * period / size);
    }

    /** Takes the next turn: whose it is. */
    int next() {
        return (int) (turn++ % size);
    }

    /** Gives up turns that are later than a whole period; returns how many. */
    long skip(long now) {
        long periods = (long) ((now - due()) / period);
        if (periods <= 0) {
            return 0;
        }
        turn += periods * size;
        return periods * size;
    }
}
