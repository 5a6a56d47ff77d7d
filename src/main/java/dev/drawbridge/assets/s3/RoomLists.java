package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.AssetUsage;
import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.DamagedObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The entries of rooms, and what of them is there. */
final class RoomLists {
    private static final Logger log = LoggerFactory.getLogger(RoomLists.class);
    private static final int PAGE = 1_000;

    private final Bucket bucket;
    private final Keys keys;
    private final Descriptions descriptions;

    RoomLists(Bucket bucket, Keys keys, Descriptions descriptions) {
        this.bucket = bucket;
        this.keys = keys;
        this.descriptions = descriptions;
    }

    /**
     * Some assets of a list.
     *
     * @param next where to go on
     */
    record Some(List<Description.Kept> assets, Optional<String> next) {}

    /** @param folder of a room; empty for all of them */
    Some list(String folder, Optional<String> after, int limit) {
        List<Description.Kept> found = new ArrayList<>();
        String last = after.orElse("");
        while (true) {
            Bucket.Page page = bucket.list(
                    keys.rooms() + folder,
                    last.isEmpty() ? "" : keys.rooms() + last,
                    Math.min(PAGE, limit - found.size()));
            for (Optional<Description.Kept> asset : read(page)) {
                asset.ifPresent(found::add);
            }
            if (!page.more() || page.items().isEmpty()) {
                return new Some(found, Optional.empty());
            }
            last = nameOf(page.items().getLast());
            if (found.size() == limit) {
                return new Some(found, Optional.of(last));
            }
        }
    }

    AssetUsage usageOf(String folder) {
        AssetUsage usage = AssetUsage.NONE;
        String after = "";
        Bucket.Page page;
        do {
            page = bucket.list(keys.rooms() + folder, after, PAGE);
            for (Bucket.Item item : page.items()) {
                after = item.key();
                Optional<Entry> entry = Entry.parse(nameOf(item));
                if (entry.isPresent()) {
                    usage = usage.plus(1, entry.get().size());
                }
            }
        } while (page.more());
        return usage;
    }

    private String nameOf(Bucket.Item item) {
        return item.key().substring(keys.rooms().length());
    }

    private List<Optional<Description.Kept>> read(Bucket.Page page) {
        return bucket.atOnce(page.items(), item -> read(item, page));
    }

    /** Empty, too, when it is damaged, which is said in the log. */
    private Optional<Description.Kept> read(Bucket.Item item, Bucket.Page page) {
        Optional<Entry> entry = Entry.parse(nameOf(item));
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        Place place = entry.get().place();
        try {
            Optional<Description.Kept> asset = descriptions
                    .findKept(place.key())
                    .filter(kept -> kept.entry().equals(entry.get()));
            boolean old = !item.modified().plus(CleaningRounds.GONE_AFTER).isAfter(page.now());
            if (asset.isEmpty() && old) {
                bucket.delete(item.key()); // of one that was damaged when it was deleted
            }
            return asset;
        } catch (DamagedObjectException e) {
            log.error("an asset cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
