package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.AssetStoreException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store does what this package is built on: some that call themselves compatible with S3 write whatever the
 * condition. That is tried out once, before the first change.
 */
final class Fitness {
    private static final Logger log = LoggerFactory.getLogger(Fitness.class);

    private final Bucket bucket;
    private final Keys keys;
    private final Failures failures;
    private final ReentrantLock trying = new ReentrantLock();
    private final AtomicLong failedTries = new AtomicLong();
    private volatile @Nullable Boolean deletesUnchanged;
    private @Nullable AssetStoreException failure;

    Fitness(Bucket bucket, Keys keys, Failures failures) {
        this.bucket = bucket;
        this.keys = keys;
        this.failures = failures;
    }

    /**
     * Ends when it does. Who comes while it is tried out shares what comes of that: else they would wait one after the
     * other for a store that is silent.
     *
     * @throws UnusableBucketException when it does not
     */
    void require() {
        if (deletesUnchanged != null) {
            return;
        }
        long before = failedTries.get();
        trying.lock();
        try {
            if (deletesUnchanged == null) {
                @Nullable AssetStoreException others = failure;
                if (others != null && failedTries.get() != before) {
                    throw others;
                }
                deletesUnchanged = tryOut();
            }
        } catch (AssetStoreException e) {
            failure = e;
            failedTries.incrementAndGet();
            throw e;
        } finally {
            trying.unlock();
        }
    }

    /** Whether it also deletes under a condition; not all can, and it is not needed. */
    boolean canDeleteUnchanged() {
        return Boolean.TRUE.equals(deletesUnchanged);
    }

    private boolean tryOut() {
        String key = keys.unfinished() + "probe." + Place.token();
        if (!bucket.create(key, bytes("first"))) {
            throw failures.unusable(
                    "cannot be used: the store says that an object is there that is not (If-None-Match)");
        }
        String first = etagOf(key);
        requireRefused(bucket.create(key, bytes("second")), "If-None-Match");
        if (bucket.replace(key, bytes("third"), first).isEmpty()) {
            throw failures.unusable("cannot be used: the store does not replace objects by their ETag (If-Match)");
        }
        requireRefused(bucket.replace(key, bytes("fourth"), first).isPresent(), "If-Match");
        boolean conditional = deletesOnlyUnchanged(key, first);
        bucket.delete(key);
        if (!conditional) {
            log.info("the store does not delete under a condition: of each asset that is deleted a few bytes stay");
        }
        return conditional;
    }

    private void requireRefused(boolean written, String condition) {
        if (written) {
            throw failures.unusable("cannot be used: the store writes whatever the condition (" + condition
                    + "), so that two uploads at once could not be told apart");
        }
    }

    private boolean deletesOnlyUnchanged(String key, String stale) {
        try {
            bucket.deleteUnchanged(key, stale);
            Optional<Bucket.Found> there = bucket.get(key);
            if (there.isEmpty()) {
                return false;
            }
            bucket.deleteUnchanged(key, there.get().etag());
            return !bucket.has(key);
        } catch (UnusableBucketException e) {
            throw e;
        } catch (AssetStoreException e) {
            log.debug("deleting under a condition: {}", e.getMessage());
            return false; // 501: it knows no such thing
        }
    }

    private String etagOf(String key) {
        return bucket.get(key)
                .map(Bucket.Found::etag)
                .orElseThrow(() -> failures.unusable("cannot be used: what was just written is not there"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
