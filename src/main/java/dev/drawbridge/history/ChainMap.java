package dev.drawbridge.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * By which blocks the versions of a room are read. A version may have several, and any of them may do; the way over the fewest
 * versions that are avoided is taken, and of these the one with the fewest bytes. A base is older than what is based on it;
 * whatever else says otherwise, so that there are no circles.
 */
final class ChainMap {
    /** No way has that many bytes; so much is each version that is avoided. */
    private static final long DETOUR = 1L << 44;

    private final Map<VersionId, Step> best = new HashMap<>();
    private final Map<VersionId, List<VersionStore.Block>> blocks = new HashMap<>();
    private final Predicate<VersionId> avoided;

    /** The last block of the best way to a version. */
    private record Step(VersionStore.Block block, @Nullable Step before, long cost) {}

    /**
     * Finds all ways.
     *
     * @param all the blocks of a room, in the order of their versions
     * @param avoided versions that a way goes over only when there is no other
     */
    ChainMap(List<VersionStore.Block> all, Predicate<VersionId> avoided) {
        this.avoided = avoided;
        for (VersionStore.Block block : all) {
            blocks.computeIfAbsent(block.key().version(), version -> new ArrayList<>(1))
                    .add(block);
            step(block)
                    .ifPresent(step -> best.merge(
                            block.key().version(), step, (one, other) -> other.cost < one.cost ? other : one));
        }
    }

    private Optional<Step> step(VersionStore.Block block) {
        VersionId version = block.key().version();
        long own = block.size() + (avoided.test(version) ? DETOUR : 0);
        if (block.key().isWhole()) {
            return Optional.of(new Step(block, null, own));
        }
        VersionId base = block.key().base().get();
        return Optional.ofNullable(best.get(base))
                .filter(before -> base.compareTo(version) < 0)
                .map(before -> new Step(block, before, before.cost + own));
    }

    /** The blocks that make a version, the whole one first; empty when there is no way. */
    Optional<List<VersionStore.Block>> way(VersionId version) {
        Step last = best.get(version);
        if (last == null) {
            return Optional.empty();
        }
        List<VersionStore.Block> way = new ArrayList<>();
        for (Step step = last; step != null; step = step.before) {
            way.add(step.block);
        }
        Collections.reverse(way);
        return Optional.of(way);
    }

    /** Whether a version is read without others, or as what differs from one of these. */
    boolean isOn(VersionId version, Set<VersionId> bases) {
        return blocks.getOrDefault(version, List.of()).stream()
                .anyMatch(block -> block.key().base().map(bases::contains).orElse(true));
    }

    /**
     * The blocks that are needed to read versions. Of one that cannot be read nothing is given up: what is missing may be
     * found again.
     */
    Set<BlockKey> needed(Iterable<VersionId> versions) {
        Set<BlockKey> needed = new HashSet<>();
        Set<VersionId> lost = new HashSet<>();
        for (VersionId version : versions) {
            if (best.containsKey(version)) {
                for (Step step = best.get(version); step != null && needed.add(step.block.key()); step = step.before) {}
            } else {
                addAll(version, needed, lost);
            }
        }
        return needed;
    }

    private void addAll(VersionId version, Set<BlockKey> needed, Set<VersionId> seen) {
        List<VersionId> open = new ArrayList<>(List.of(version));
        while (!open.isEmpty()) {
            VersionId next = open.removeLast();
            if (seen.add(next)) {
                for (VersionStore.Block block : blocks.getOrDefault(next, List.of())) {
                    needed.add(block.key());
                    block.key().base().ifPresent(open::add);
                }
            }
        }
    }
}
