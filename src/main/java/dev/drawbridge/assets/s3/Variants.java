package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.Variant;
import dev.drawbridge.s3.Bucket;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was made of contents, beside them. */
final class Variants {
    private static final int PAGE = 1_000;

    private final Bucket bucket;
    private final Keys keys;
    private final Descriptions descriptions;
    private final Unfinished unfinished;

    Variants(Bucket bucket, Keys keys, Descriptions descriptions, Unfinished unfinished) {
        this.bucket = bucket;
        this.keys = keys;
        this.descriptions = descriptions;
        this.unfinished = unfinished;
    }

    /** No when the content is no asset's any more. */
    boolean put(Place place, Variant variant, byte[] content) {
        Unfinished.Note note = unfinished.begin(place, Optional.empty());
        String key = keys.variant(place, variant);
        bucket.put(key, variant.type().name(), content);
        bucket.list(keys.variants(place) + variant.name() + ".", "", PAGE).items().stream()
                .map(Bucket.Item::key)
                .filter(other -> !other.equals(key))
                .forEach(bucket::delete);
        boolean kept = descriptions
                .findKept(place.key())
                .filter(asset -> asset.where().equals(place))
                .isPresent();
        if (kept) {
            unfinished.end(note);
        } else {
            unfinished.remove(note);
        }
        return kept;
    }

    /** A variant, and when it was put. */
    private record Dated(Variant variant, Instant put) {}

    /** In the order of their names; of two of one name, between the moments at which one comes and the other goes, the new. */
    List<Variant> of(Place place) {
        String prefix = keys.variants(place);
        Map<String, Dated> byName = new TreeMap<>();
        for (Bucket.Item item : bucket.list(prefix, "", PAGE).items()) {
            String name = item.key().substring(prefix.length());
            int dot = name.indexOf('.');
            if (dot > 0) {
                Variant variant = new Variant(
                        name.substring(0, dot),
                        new MediaType(name.substring(dot + 1).replaceFirst("_", "/")),
                        item.size());
                byName.merge(
                        variant.name(),
                        new Dated(variant, item.modified()),
                        (one, other) -> Comparator.comparing(Dated::put).compare(one, other) > 0 ? one : other);
            }
        }
        return byName.values().stream().map(Dated::variant).toList();
    }
}
