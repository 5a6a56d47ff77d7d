package dev.drawbridge.bench.load;

import java.util.Map;
import java.util.TreeMap;

/** What the clients of one thread have sent, received and missed since the last {@link #restart}. */
final class Tally {
    long frames;
    long bytes;
    long events;
    long results;
    long commits;
    long discards;
    long rebases;
    long pongs;
    long pushes;
    /** How many patches these pushes should become: each one for everybody else in its room. */
    long offered;
    /** Moves that were not sent because the generator was later than a whole period. */
    long skipped;

    Histogram presence = new Histogram();
    Histogram document = new Histogram();
    Histogram roundTrip = new Histogram();
    /** How late the generator itself was. */
    Histogram lag = new Histogram();

    /** Sockets that ended without our doing, since the beginning. */
    long closed;
    /** Of those: refused at the upgrade, or with a code after which a client does not come again. */
    long rejected;

    final Map<String, Long> reasons = new TreeMap<>();

    /** Begins anew, but forgets no socket that was lost. */
    void restart() {
        frames = 0;
        bytes = 0;
        events = 0;
        results = 0;
        commits = 0;
        discards = 0;
        rebases = 0;
        pongs = 0;
        pushes = 0;
        offered = 0;
        skipped = 0;
        presence = new Histogram();
        document = new Histogram();
        roundTrip = new Histogram();
        lag = new Histogram();
    }

    void add(Tally other) {
        frames += other.frames;
        bytes += other.bytes;
        events += other.events;
        results += other.results;
        commits += other.commits;
        discards += other.discards;
        rebases += other.rebases;
        pongs += other.pongs;
        pushes += other.pushes;
        offered += other.offered;
        skipped += other.skipped;
        presence.add(other.presence);
        document.add(other.document);
        roundTrip.add(other.roundTrip);
        lag.add(other.lag);
        closed += other.closed;
        rejected += other.rejected;
        other.reasons.forEach((reason, times) -> reasons.merge(reason, times, Long::sum));
    }

    /** Every event is a patch or the answer to a push, and each has a clock. */
    long patches() {
        return events - results;
    }

    Figures reasonFigures() {
        Figures figures = new Figures();
        reasons.forEach(figures::put);
        return figures;
    }
}
