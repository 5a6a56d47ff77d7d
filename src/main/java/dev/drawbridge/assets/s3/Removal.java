package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.Contention;
import dev.drawbridge.s3.DamagedObjectException;
import dev.drawbridge.s3.Failures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Deletes assets: first a description says so, under the condition that it is as it was when it was looked at. */
final class Removal {
    private static final int PAGE = 1_000;

    private final Bucket bucket;
    private final Keys keys;
    private final Descriptions descriptions;
    private final Unfinished unfinished;
    private final Failures failures;

    Removal(Bucket bucket, Keys keys, Descriptions descriptions, Unfinished unfinished, Failures failures) {
        this.bucket = bucket;
        this.keys = keys;
        this.descriptions = descriptions;
        this.unfinished = unfinished;
        this.failures = failures;
    }

    /**
     * Deletes an asset; what was deleted.
     *
     * @throws DamagedObjectException when nobody can say what it is
     */
    Optional<Asset> delete(String key, Predicate<Asset> condition) {
        Description.Deleted deleted = new Description.Deleted(Place.token());
        Contention contention = new Contention(key, failures);
        List<Unfinished.Note> notes = new ArrayList<>();
        Optional<Description.Kept> last = Optional.empty();
        while (true) {
            Optional<Descriptions.Stored> stored = descriptions.find(key);
            Optional<Description.Kept> kept = stored.flatMap(Descriptions.Stored::kept);
            if (kept.isEmpty()) {
                // Of two tries of one request the second one is told that the first has changed it.
                boolean ours = stored.filter(each -> each.description().equals(deleted))
                        .isPresent();
                notes.forEach(unfinished::remove);
                return ours ? last.map(Description.Kept::asset) : Optional.empty();
            }
            if (!condition.test(kept.get().asset())) {
                notes.forEach(unfinished::remove);
                return Optional.empty();
            }
            Place place = kept.get().where();
            if (notes.stream().noneMatch(note -> note.place().equals(place))) {
                notes.add(unfinished.begin(place, Optional.of(kept.get().entry())));
            }
            last = kept;
            if (descriptions.replace(key, stored.orElseThrow().etag(), deleted).isPresent()) {
                notes.forEach(unfinished::remove);
                return kept.map(Description.Kept::asset);
            }
            contention.refused();
        }
    }

    /** Deletes what cannot be read, with all of its contents; which room it was in nobody knows. */
    boolean deleteDamaged(String key) {
        List<Unfinished.Note> notes = placesOf(key)
                .filter(place -> !unfinished.concerns(place))
                .map(place -> unfinished.begin(place, Optional.empty()))
                .toList();
        boolean gone = descriptions
                .etag(key)
                .flatMap(etag -> descriptions.replace(key, etag, new Description.Deleted(Place.token())))
                .isPresent();
        notes.forEach(unfinished::remove);
        descriptions.find(key).ifPresent(stored -> descriptions.forget(key, stored));
        return gone;
    }

    private Stream<Place> placesOf(String key) {
        String prefix = keys.object(key);
        return bucket.list(prefix, "", PAGE).items().stream()
                .map(item -> item.key().substring(prefix.length()).split("/", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> new Place(key, parts[0]))
                .distinct();
    }
}
