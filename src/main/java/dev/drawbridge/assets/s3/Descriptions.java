package dev.drawbridge.assets.s3;

import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.DamagedObjectException;
import dev.drawbridge.s3.Failures;
import dev.drawbridge.s3.Fitness;
import java.time.Instant;
import java.util.Optional;

/** The descriptions: each of their changes is refused when somebody else has changed the same one meanwhile. */
final class Descriptions {
    private final Bucket bucket;
    private final Keys keys;
    private final Failures failures;
    private final Fitness fitness;

    Descriptions(Bucket bucket, Keys keys, Failures failures, Fitness fitness) {
        this.bucket = bucket;
        this.keys = keys;
        this.failures = failures;
        this.fitness = fitness;
    }

    /** A description, and what its next change is bound to. */
    record Stored(Description description, String etag) {

        Optional<Description.Kept> kept() {
            return description instanceof Description.Kept kept ? Optional.of(kept) : Optional.empty();
        }
    }

    /**
     * The description of a key.
     *
     * @throws DamagedObjectException when it cannot be read
     */
    Optional<Stored> find(String key) {
        return bucket.get(keys.description(key))
                .map(found -> new Stored(
                        Description.decode(found.content()).orElseThrow(() -> failures.damaged(keys.description(key))),
                        found.etag()));
    }

    /** As {@link #find}, of a damaged one too. */
    Optional<String> etag(String key) {
        return bucket.get(keys.description(key)).map(Bucket.Found::etag);
    }

    Optional<Description.Kept> findKept(String key) {
        return find(key).flatMap(Stored::kept);
    }

    boolean create(String key, Description description) {
        return bucket.create(keys.description(key), description.encode());
    }

    /** What the next change is bound to; empty when it is not as it was any more. */
    Optional<String> replace(String key, String etag, Description by) {
        return bucket.replace(keys.description(key), by.encode(), etag);
    }

    /** Makes an asset count as touched, and never as older than it does; empty when it is not as it was any more. */
    Optional<Description.Kept> touch(Stored stored, Instant now) {
        Description.Kept kept = stored.kept().orElseThrow();
        if (!kept.asset().touched().isBefore(now)) {
            return Optional.of(kept);
        }
        Description.Kept touched = kept.touchedAt(now);
        return replace(kept.where().key(), stored.etag(), touched).map(etag -> touched);
    }

    /** Deletes a description that only says that there was an asset, where the store can delete under a condition. */
    void forget(String key, Stored stored) {
        if (stored.description() instanceof Description.Deleted && fitness.canDeleteUnchanged()) {
            bucket.deleteUnchanged(keys.description(key), stored.etag());
        }
    }
}
