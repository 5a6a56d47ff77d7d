package dev.drawbridge.cluster;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where a room is opened that nobody has open: where it was asked for, unless another node is clearly less busy. Of two others
 * the better one is taken (the power of two choices), so that not all flock to the same.
 */
final class Placement {
    /** Busy nodes differ by that for no reason. */
    private static final double CLEARLY = 0.25;

    private final RandomGenerator random;

    Placement(RandomGenerator random) {
        this.random = random;
    }

    /** Another node that is clearly less busy than this one; with {@code anyway} just the better of two. */
    Optional<NodeCard> better(double ownLoad, List<NodeCard> others, boolean anyway) {
        List<NodeCard> candidates =
                others.stream().filter(each -> !each.draining()).toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        NodeCard first = candidates.get(random.nextInt(candidates.size()));
        NodeCard second = candidates.get(random.nextInt(candidates.size()));
        NodeCard better = second.load() < first.load() ? second : first;
        return anyway || better.load() + CLEARLY < ownLoad ? Optional.of(better) : Optional.empty();
    }
}
