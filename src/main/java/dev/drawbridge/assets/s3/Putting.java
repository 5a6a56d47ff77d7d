package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.PutResult;
import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.Contention;
import dev.drawbridge.s3.Failures;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Brings a content into the bucket: a note, the content at a place of its own, the entry of the room, and with the
 * description it is there. Who finds another one's description there takes all of that back.
 */
final class Putting {
    /** Long before {@link CleaningRounds#GONE_AFTER}: what is cleared away then is nobody's any more. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private final Bucket bucket;
    private final Keys keys;
    private final Descriptions descriptions;
    private final Unfinished unfinished;
    private final Failures failures;
    private final LongSupplier nanoTime;

    Putting(
            Bucket bucket,
            Keys keys,
            Descriptions descriptions,
            Unfinished unfinished,
            Failures failures,
            LongSupplier nanoTime) {
        this.bucket = bucket;
        this.keys = keys;
        this.descriptions = descriptions;
        this.unfinished = unfinished;
        this.failures = failures;
        this.nanoTime = nanoTime;
    }

    PutResult put(Asset asset, Spool content) {
        String key = Keys.of(asset.id());
        Place place = Place.newOne(key);
        Contention contention = new Contention(key, failures);
        Optional<PutResult> there;
        do {
            Optional<Descriptions.Stored> stored = descriptions.find(key);
            if (kept(stored).isEmpty()) {
                return bringIn(new Description.Kept(asset, place.name()), content, stored);
            }
            there = resultWith(stored, asset, place, contention);
        } while (there.isEmpty());
        return there.get();
    }

    /** @param deleted what was there instead of an asset, when this one began to come */
    private PutResult bringIn(Description.Kept asset, Spool content, Optional<Descriptions.Stored> deleted) {
        long began = nanoTime.getAsLong();
        Unfinished.Note note = unfinished.begin(asset.where(), Optional.of(asset.entry()));
        bucket.put(
                keys.content(asset.where()),
                asset.asset().type().name(),
                content::open,
                content.size(),
                asset.asset().sha256());
        bucket.put(keys.rooms() + asset.entry().name(), new byte[0]);
        PutResult result = commit(asset, deleted, began);
        if (result instanceof PutResult.Stored) {
            unfinished.end(note);
        } else {
            unfinished.remove(note);
        }
        return result;
    }

    private PutResult commit(Description.Kept asset, Optional<Descriptions.Stored> deleted, long began) {
        Place place = asset.where();
        Contention contention = new Contention(place.key(), failures);
        Optional<Descriptions.Stored> stored = deleted;
        while (true) {
            requireInTime(place, began);
            if (kept(stored).isPresent()) {
                Optional<PutResult> result = resultWith(stored, asset.asset(), place, contention);
                if (result.isPresent()) {
                    return result.get();
                }
            } else if (write(asset, stored)) {
                requireStillThere(asset, began);
                return new PutResult.Stored(asset.asset());
            } else {
                contention.refused();
            }
            stored = descriptions.find(place.key());
        }
    }

    private boolean write(Description.Kept asset, Optional<Descriptions.Stored> deleted) {
        String key = asset.where().key();
        return deleted.map(stored ->
                        descriptions.replace(key, stored.etag(), asset).isPresent())
                .orElseGet(() -> descriptions.create(key, asset));
    }

    /** Empty when it has to be looked at again. */
    private Optional<PutResult> resultWith(
            Optional<Descriptions.Stored> stored, Asset asset, Place own, Contention contention) {
        Description.Kept other = kept(stored).orElseThrow();
        if (other.where().equals(own)) {
            return Optional.of(new PutResult.Stored(other.asset())); // the answer to an earlier try was lost
        }
        if (!other.asset().sha256().equals(asset.sha256())) {
            return Optional.of(new PutResult.Different(other.asset()));
        }
        Optional<Description.Kept> touched = descriptions.touch(stored.orElseThrow(), asset.touched());
        if (touched.isEmpty()) {
            contention.refused();
        }
        return touched.map(Description.Kept::asset).map(PutResult.Same::new);
    }

    private static Optional<Description.Kept> kept(Optional<Descriptions.Stored> stored) {
        return stored.flatMap(Descriptions.Stored::kept);
    }

    private boolean isLate(long began) {
        return nanoTime.getAsLong() - began > LONGEST.toNanos();
    }

    private void requireInTime(Place place, long began) {
        if (isLate(began)) {
            throw failures.tooLate(place.key());
        }
    }

    /** This process may have stood still before it wrote, and its content may have been cleared away. */
    private void requireStillThere(Description.Kept asset, long began) {
        Place place = asset.where();
        if (isLate(began) && !bucket.has(keys.content(place))) {
            descriptions
                    .find(place.key())
                    .filter(stored -> stored.kept().map(Description.Kept::where).equals(Optional.of(place)))
                    .ifPresent(stored ->
                            descriptions.replace(place.key(), stored.etag(), new Description.Deleted(Place.token())));
            throw failures.tooLate(place.key());
        }
    }
}
