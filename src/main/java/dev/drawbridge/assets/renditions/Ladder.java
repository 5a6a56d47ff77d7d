package dev.drawbridge.assets.renditions;

import java.util.List;
import java.util.Optional;

/**
 * The sizes in which renditions are made, and no others: what everybody asks for is rounded up to one of a few, so that few
 * are made and kept.
 *
 * @param widths in pixels, from small to large
 * @param qualities from 1 to 100, from small to large; at least one
 */
public record Ladder(List<Integer> widths, List<Integer> qualities) {
    /** For who names none. */
    private static final int USUAL_QUALITY = 80;

    public Ladder {
        widths = List.copyOf(widths);
        qualities = List.copyOf(qualities);
    }

    /** The size for somebody; empty when only the original is large enough. */
    Optional<Rung> rung(Wanted wanted) {
        int quality = wanted.quality().orElse(USUAL_QUALITY);
        return widths.stream()
                .filter(width -> width >= wanted.width())
                .findFirst()
                .map(width -> new Rung(
                        width,
                        qualities.stream()
                                .filter(step -> step >= quality)
                                .findFirst()
                                .orElseGet(qualities::getLast)));
    }
}
