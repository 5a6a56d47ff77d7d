package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.host.StoredChange;
import dev.drawbridge.protocol.Limit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to be known of a room that is open here to tell of it: whether it was told that it is, who is said to be in it, and
 * what is held back for a while. Who uses it holds its monitor.
 */
final class OpenRoom {
    private static final long BETWEEN_HITS = 60_000;

    final String roomId;
    /** When it was opened, with which clock. */
    final long openedClock;

    private final Map<String, Joined> people = new LinkedHashMap<>();
    private final Map<Limit, Hits> hits = new EnumMap<>(Limit.class);
    private boolean isTold;
    private long clock;
    private @Nullable PendingChange change;

    /** How often a limit was hit since that was told last. */
    private static final class Hits {
        private long times;
        private long notBefore = Long.MIN_VALUE;
    }

    OpenRoom(String roomId, long openedClock) {
        this.roomId = roomId;
        this.openedClock = openedClock;
        this.clock = openedClock;
    }

    boolean isTold() {
        return isTold;
    }

    /** It is told that it is open, and what its document is up to this clock. */
    void told(long upTo) {
        isTold = true;
        clock = upTo;
    }

    /** As if it had not been opened yet. */
    void untold() {
        isTold = false;
        people.clear();
        hits.clear();
        change = null;
    }

    /** The clock up to which it is told of, or will be by what waits. */
    long toldClock() {
        return change == null ? clock : change.since();
    }

    /** The change that is pending, if need be one that begins with this. */
    PendingChange change(StoredChange with, Supplier<PendingChange> begun) {
        PendingChange pending = change == null ? begun.get() : change;
        change = pending;
        clock = with.clock();
        return pending;
    }

    @Nullable
    PendingChange pending() {
        return change;
    }

    @Nullable
    PendingChange takePending() {
        PendingChange taken = change;
        change = null;
        return taken;
    }

    /** Whether that is news. */
    boolean comes(Joined who) {
        return people.putIfAbsent(who.who().sessionId(), who) == null;
    }

    @Nullable
    Joined goes(String sessionId) {
        return people.remove(sessionId);
    }

    List<Joined> people() {
        return List.copyOf(people.values());
    }

    void hit(Limit limit) {
        hits.computeIfAbsent(limit, each -> new Hits()).times++;
    }

    /** Whether there are hits of limits that are not told. */
    boolean hasHits() {
        return hits.values().stream().anyMatch(each -> each.times > 0);
    }

    /**
     * The hits of limits that are to be told now.
     *
     * @param all whether those as well that were told less than a minute ago
     */
    <T> List<T> takeHits(long now, boolean all, BiFunction<Limit, Long, T> what) {
        List<T> taken = new ArrayList<>();
        hits.forEach((limit, each) -> {
            if (each.times > 0 && (all || now >= each.notBefore)) {
                taken.add(what.apply(limit, each.times));
                each.times = 0;
                each.notBefore = now + BETWEEN_HITS;
            }
        });
        return taken;
    }
}
