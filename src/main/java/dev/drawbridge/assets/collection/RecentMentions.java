package dev.drawbridge.assets.collection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.room.StoredRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who draws something with an asset in it, or takes back that it was deleted, has just referred to it: it counts as touched,
 * at once here, and for other nodes as soon as the store of assets knows it.
 */
public final class RecentMentions {
    private static final Logger log = LoggerFactory.getLogger(RecentMentions.class);

    /** An asset that was touched within that time need not be touched again. */
    private static final Duration A_WHILE = Duration.ofHours(1);

    private static final int MOST = 100_000;

    /** This is on the way of every commit. What is larger has its image inside, as a rule; a pass reads it all the same. */
    private static final int LARGEST_RECORD = 64 << 10;

    /** An asset's record says where that one is; who says more of others has not to be believed at once. */
    private static final int MOST_OF_RECORD = 16;

    private final AssetStore assets;
    private final Executor executor;
    private final Cache<String, Boolean> recent;

    /** @param executor runs what waits for the store of assets; what it has no room for is found by the next pass */
    public RecentMentions(AssetStore assets, Executor executor, Ticker ticker) {
        this.assets = assets;
        this.executor = executor;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(A_WHILE)
                .maximumSize(MOST)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** These are about to be stored. Never waits. */
    void seen(List<StoredRecord> records) {
        for (StoredRecord record : records) {
            if (isOfAsset(record) && record.json().length <= LARGEST_RECORD) {
                int[] count = new int[1];
                Mentions.in(record.json(), id -> {
                    if (count[0]++ < MOST_OF_RECORD) {
                        mentioned(id);
                    }
                });
            }
        }
    }

    /** Drawings refer to assets by records of their own, in tldraw and in what is built on it; the rest is found by a pass. */
    private static boolean isOfAsset(StoredRecord record) {
        return record.id().startsWith("asset:");
    }

    private void mentioned(String id) {
        if (recent.asMap().putIfAbsent(id, true) == null) {
            executor.execute(() -> {
                try {
                    assets.touch(id);
                } catch (AssetStoreException e) {
                    recent.invalidate(id); // whoever refers to it next tries again
                    log.warn("An asset that is referred to could not be touched: {}", e.getMessage());
                }
            });
        }
    }

    boolean isRecent(String id) {
        return recent.getIfPresent(id) != null;
    }
}
