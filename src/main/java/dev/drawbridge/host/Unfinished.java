package dev.drawbridge.host;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The unfinished messages of a node: what has come of them is held until the rest comes, and that may be never. When they
 * take too much, those go first from which nothing more comes, and then the youngest: a large upload over a slow line, which
 * always moves, goes last.
 */
final class Unfinished {
    /** Less than this is not worth counting: so much may every client have begun. */
    static final long FREE = 16 << 10;

    private final ByteBudget budget;
    private final Collection<ClientConnection> holders = ConcurrentHashMap.newKeySet();

    Unfinished(ByteBudget budget) {
        this.budget = budget;
    }

    /** A connection holds so much more, or less. */
    void account(ClientConnection connection, long before, long after, long now) {
        long more = Math.max(0, after - FREE) - Math.max(0, before - FREE);
        if (after > FREE) {
            holders.add(connection);
        } else {
            holders.remove(connection);
        }
        budget.add(more);
        if (more > 0 && budget.isExceeded()) {
            worst(now).ifPresent(ClientConnection::tooMuchUnfinished);
        }
    }

    private Optional<ClientConnection> worst(long now) {
        return holders.stream()
                .max(Comparator.comparingLong((ClientConnection each) -> each.stalledBytes(now))
                        .thenComparingLong(ClientConnection::unfinishedSince));
    }
}
