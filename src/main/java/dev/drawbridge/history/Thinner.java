package dev.drawbridge.history;

import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives up versions that are to stay no longer, and what is kept of rooms that are no more. A pass may end anywhere, by a crash
 * for one: what is listed can be read all the time, and the next pass goes on. Rooms that cannot be looked at now are left to
 * the next one.
 */
public final class Thinner {
    private static final Logger log = LoggerFactory.getLogger(Thinner.class);

    private static final int ROOMS_A_PAGE = 200;
    private static final int VERSIONS_A_PAGE = 500;

    /** Versions whose number is not known before are given up in so many steps at most. */
    private static final int MOST_STEPS = 20;

    /**
     * A room has to be gone for so long: it may be its store that is not what it was. In a smaller store than all rooms are in
     * the versions are all that is left of them.
     */
    private static final Duration GONE = Duration.ofHours(1);

    private static final int MOST_GONE = 10_000;

    /** Clocks of nodes differ by less. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Archive archive;
    private final VersionStore store;
    private final RoomStore rooms;
    private final ThinningRules rules;
    private final HostClock clock;
    private final Compactor compactor;
    private final Answers answers = new Answers(Duration.ofMinutes(1));
    private final ReentrantLock underWay = new ReentrantLock();
    private final Map<String, Instant> goneSince = new LinkedHashMap<>();
    private boolean hasFailed;

    public Thinner(Versions versions, RoomStore rooms, ThinningRules rules, HostClock clock) {
        this.archive = versions.archive();
        this.store = archive.store();
        this.rooms = rooms;
        this.rules = rules;
        this.clock = clock;
        this.compactor = new Compactor(archive, clock);
    }

    /** What is done to one room, or to each. */
    @FunctionalInterface
    private interface Step {
        void take(String roomId) throws VersionException, RoomCommandException;
    }

    /**
     * Makes a pass. It waits for its answers, and may take long; nothing happens while another one is under way.
     *
     * @throws VersionStoreException when the store of versions cannot be used
     * @throws StoreException when that of the rooms cannot
     */
    public void pass() throws InterruptedException {
        if (!underWay.tryLock()) {
            return;
        }
        try {
            hasFailed = false;
            boolean isStoreWhole =
                    !answers.await(rooms.list("", Optional.empty(), 1)).rooms().isEmpty();
            each(roomId -> thin(roomId, isStoreWhole));
            if (rules.serverBytes() > 0) {
                keepWithinServerBudget();
            }
            archive.observer().kept(store.usage());
        } catch (RoomCommandException e) {
            throw new IllegalStateException("no room was asked", e);
        } finally {
            underWay.unlock();
        }
    }

    private void each(Step step) throws InterruptedException {
        Optional<String> after = Optional.empty();
        List<String> page;
        do {
            page = store.rooms(after, ROOMS_A_PAGE);
            for (String roomId : page) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                take(step, roomId);
            }
            after = page.isEmpty() ? after : Optional.of(page.getLast());
        } while (page.size() == ROOMS_A_PAGE);
    }

    private void take(Step step, String roomId) {
        try {
            step.take(roomId);
        } catch (VersionException | RoomCommandException | VersionStoreException | StoreException e) {
            // When a store is not there it is so for many rooms.
            if (!hasFailed) {
                hasFailed = true;
                log.warn(
                        "Versions of the room {}, and perhaps of others, cannot be thinned out at the moment: {}",
                        Quoted.bare(roomId),
                        e.getMessage());
            }
        }
    }

    // ---- a room

    private void thin(String roomId, boolean isStoreWhole) throws VersionException, RoomCommandException {
        Optional<RoomSummary> room = answers.await(rooms.find(roomId));
        List<Version> versions = versions(roomId);
        if (room.isEmpty() || versions.isEmpty()) {
            if (isStoreWhole && isGoneForLong(roomId)) {
                archive.turn().take(() -> {
                    if (room.isEmpty() || store.ids(roomId).isEmpty()) {
                        archive.forget(roomId);
                    }
                    return roomId;
                });
            }
            return;
        }
        goneSince.remove(roomId);
        Set<VersionId> going = new HashSet<>(rules.which(versions, clock.wall()));
        // They are of a room that had the same name before.
        Instant begun = room.get().created().minus(SKEW);
        versions.stream().filter(version -> version.time().isBefore(begun)).forEach(version -> going.add(version.id()));
        remove(roomId, going);
        compactor.compact(roomId);
        if (rules.roomBytes() > 0) {
            keepWithinRoomBudget(roomId);
        }
    }

    private boolean isGoneForLong(String roomId) {
        Instant now = clock.wall();
        Instant since = goneSince.putIfAbsent(roomId, now);
        if (since != null && !now.isBefore(since.plus(GONE))) {
            goneSince.remove(roomId);
            return true;
        }
        if (goneSince.size() > MOST_GONE) {
            goneSince.remove(goneSince.keySet().iterator().next());
        }
        return false;
    }

    private List<Version> versions(String roomId) {
        List<Version> versions = new ArrayList<>();
        Optional<VersionId> before = Optional.empty();
        List<Version> page;
        do {
            page = store.versions(roomId, before, VERSIONS_A_PAGE);
            versions.addAll(page);
            before = page.isEmpty() ? before : Optional.of(page.getLast().id());
        } while (page.size() == VERSIONS_A_PAGE);
        return versions;
    }

    private void remove(String roomId, Set<VersionId> going) {
        int removed = 0;
        for (VersionId id : going) {
            removed += store.remove(roomId, id) ? 1 : 0;
        }
        if (removed > 0) {
            archive.observer().thinned(removed);
        }
    }

    // ---- budgets

    /** How much goes with a version is known when it has gone: others may need new blocks for that. */
    private void keepWithinRoomBudget(String roomId) throws VersionException, RoomCommandException {
        for (int step = 0; step < MOST_STEPS; step++) {
            long tooMuch = compactor.bytes(roomId) - rules.roomBytes();
            if (tooMuch <= 0) {
                return;
            }
            Map<VersionId, Long> sizes = sizes(roomId);
            Set<VersionId> going = new HashSet<>();
            long freed = 0;
            for (Version version : givableUp(roomId)) {
                if (freed < tooMuch) {
                    going.add(version.id());
                    freed += sizes.getOrDefault(version.id(), 0L);
                }
            }
            if (going.isEmpty()) {
                return;
            }
            remove(roomId, going);
            compactor.compact(roomId);
        }
    }

    /** Versions that may go to save space, the oldest first. */
    private List<Version> givableUp(String roomId) {
        List<Version> versions = versions(roomId);
        return versions.stream()
                .skip(1)
                .filter(version -> version.name().isEmpty())
                .toList()
                .reversed();
    }

    private Map<VersionId, Long> sizes(String roomId) {
        Map<VersionId, Long> sizes = new TreeMap<>();
        store.blocks(roomId).forEach(block -> sizes.merge(block.key().version(), block.size(), Long::sum));
        return sizes;
    }

    /** The oldest of all rooms go first. Of so many versions no list is made: it is counted how much is of which hour. */
    private void keepWithinServerBudget() throws InterruptedException {
        for (int step = 0; step < MOST_STEPS; step++) {
            TreeMap<Long, Long> byHour = new TreeMap<>();
            long[] all = new long[1];
            each(roomId -> {
                all[0] += compactor.bytes(roomId);
                Map<VersionId, Long> sizes = sizes(roomId);
                for (Version version : givableUp(roomId)) {
                    byHour.merge(hour(version), sizes.getOrDefault(version.id(), 0L), Long::sum);
                }
            });
            long tooMuch = all[0] - rules.serverBytes();
            if (tooMuch <= 0 || byHour.isEmpty()) {
                return;
            }
            long last = last(byHour, tooMuch);
            each(roomId -> {
                Set<VersionId> going = new HashSet<>();
                givableUp(roomId).stream()
                        .filter(version -> hour(version) <= last)
                        .forEach(version -> going.add(version.id()));
                if (!going.isEmpty()) {
                    remove(roomId, going);
                    compactor.compact(roomId);
                }
            });
        }
    }

    /** The hour until which so many bytes are. */
    private static long last(SortedMap<Long, Long> byHour, long bytes) {
        long sum = 0;
        for (Map.Entry<Long, Long> each : byHour.entrySet()) {
            sum += each.getValue();
            if (sum >= bytes) {
                return each.getKey();
            }
        }
        return byHour.lastKey();
    }

    private static long hour(Version version) {
        return version.time().getEpochSecond() / Duration.ofHours(1).toSeconds();
    }
}
