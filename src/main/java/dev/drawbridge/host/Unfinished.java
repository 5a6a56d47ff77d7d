package dev.drawbridge.host;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The unfinished messages of a node: what has come of them is held until the rest comes, and that may be never; and those that
 * are complete, until there is room to read them. When they
 * take too much, those go first from which nothing more comes, and then the youngest: a large upload over a slow line, which
 * always moves, goes last.
 */
final class Unfinished {
    /** Less than this is not worth counting: so much may every client have begun. */
    static final long FREE = 16 << 10;

    private final ByteBudget budget;
    private final Collection<ClientInbox> holders = ConcurrentHashMap.newKeySet();

    Unfinished(ByteBudget budget) {
        this.budget = budget;
    }

    /** A client holds so much more, or less. */
    void account(ClientInbox inbox, long before, long after, long now) {
        long more = Math.max(0, after - FREE) - Math.max(0, before - FREE);
        if (after > FREE) {
            holders.add(inbox);
        } else {
            holders.remove(inbox);
        }
        budget.add(more);
        // Who has been told to go gives back what it holds a moment later: nobody else has to go for that.
        if (more > 0 && budget.isExceeded() && budget.held() - lettingGo() > budget.most()) {
            worst(now).ifPresent(ClientInbox::tooMuchUnfinished);
        }
    }

    private long lettingGo() {
        return holders.stream()
                .filter(ClientInbox::isDeaf)
                .mapToLong(each -> Math.max(0, each.unfinished() - FREE))
                .sum();
    }

    private Optional<ClientInbox> worst(long now) {
        return holders.stream()
                .filter(each -> !each.isDeaf())
                .max(Comparator.comparingLong((ClientInbox each) -> each.stalledBytes(now))
                        .thenComparingLong(ClientInbox::unfinishedSince));
    }
}
