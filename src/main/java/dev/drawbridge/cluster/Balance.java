package dev.drawbridge.cluster;

import java.util.List;
import java.util.Optional;

/**
 * Says when a room is to go because this node stays clearly busier than another one: not at once, for busy moments pass, and
 * one room after the other, to see what has come of it.
 */
final class Balance {
    private static final long BUSY_FOR_MILLIS = 60_000;
    private static final long BETWEEN_MILLIS = 10_000;

    private final Placement placement;
    private boolean busy;
    private long busySince;
    private long movedAt = Long.MIN_VALUE / 2;

    Balance(Placement placement) {
        this.placement = placement;
    }

    /** Time has passed; about once a second. Says where one room is to go, if one is to go now. */
    Optional<NodeCard> tick(long now, double ownLoad, List<NodeCard> others) {
        Optional<NodeCard> better = placement.better(ownLoad, others, false);
        if (better.isEmpty()) {
            busy = false;
            return better;
        }
        if (!busy) {
            busy = true;
            busySince = now;
        }
        if (now - busySince < BUSY_FOR_MILLIS || now - movedAt < BETWEEN_MILLIS) {
            return Optional.empty();
        }
        movedAt = now;
        return better;
    }
}
