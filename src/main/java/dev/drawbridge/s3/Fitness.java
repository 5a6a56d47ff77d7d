package dev.drawbridge.s3;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the store does what is built on it: some that call themselves compatible with S3 write whatever the
 * condition. That is tried out once, before the first change.
 */
public final class Fitness {
    private static final Logger log = LoggerFactory.getLogger(Fitness.class);

    private final Bucket bucket;
    private final String probes;
    private final Failures failures;
    private final ReentrantLock trying = new ReentrantLock();
    private final AtomicLong failedTries = new AtomicLong();
    private volatile @Nullable Boolean deletesUnchanged;
    private @Nullable S3Exception failure;

    /** @param probes what the keys begin with of what is put there to try it out */
    public Fitness(Bucket bucket, String probes, Failures failures) {
        this.bucket = bucket;
        this.probes = probes;
        this.failures = failures;
    }

    /**
     * Ends when it does. Who comes while it is tried out shares what comes of that: else they would wait one after the
     * other for a store that is silent.
     *
     * @throws UnusableBucketException when it does not
     */
    public void require() {
        if (deletesUnchanged != null) {
            return;
        }
        long before = failedTries.get();
        trying.lock();
        try {
            if (deletesUnchanged == null) {
                @Nullable S3Exception others = failure;
                if (others != null && failedTries.get() != before) {
                    throw others;
                }
                deletesUnchanged = tryOut();
            }
        } catch (S3Exception e) {
            failure = e;
            failedTries.incrementAndGet();
            throw e;
        } finally {
            trying.unlock();
        }
    }

    /** Whether it also deletes under a condition; not all can, and it is not needed. */
    public boolean canDeleteUnchanged() {
        return Boolean.TRUE.equals(deletesUnchanged);
    }

    private boolean tryOut() {
        String key = probes + "probe." + UUID.randomUUID();
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
            log.info("the store does not delete under a condition: of some things that are deleted a few bytes stay");
        }
        return conditional;
    }

    private void requireRefused(boolean written, String condition) {
        if (written) {
            throw failures.unusable("cannot be used: the store writes whatever the condition (" + condition
                    + "), so that two writes at once could not be told apart");
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
        } catch (S3Exception e) {
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
