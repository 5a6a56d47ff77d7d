package dev.drawbridge.assets.collection;

import dev.drawbridge.assets.Asset;
import java.util.List;

/**
 * What a pass has found.
 *
 * @param assets how many there are
 * @param unused how many of them nothing refers to, and have not been touched for long enough
 * @param unusedBytes what these take
 * @param deleted how many of these were deleted
 * @param deletedBytes what those took
 * @param examples the first of the unused
 */
public record CollectionReport(
        long assets, long unused, long unusedBytes, long deleted, long deletedBytes, List<Asset> examples) {
    public static final int MOST_EXAMPLES = 1_000;

    public CollectionReport {
        examples = List.copyOf(examples);
    }
}
