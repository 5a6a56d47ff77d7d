package dev.drawbridge.assets.s3;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.s3.Bucket;
import dev.drawbridge.s3.S3Exception;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is under way: each change that takes more than one request says here first what it is about to make or to delete,
 * and takes that back when it is done. So what a process leaves half done that is gone is found without looking through all
 * of the bucket.
 */
final class Unfinished {
    private static final Logger log = LoggerFactory.getLogger(Unfinished.class);
    private static final int PAGE = 1_000;

    private final Bucket bucket;
    private final Keys keys;
    private final Descriptions descriptions;

    Unfinished(Bucket bucket, Keys keys, Descriptions descriptions) {
        this.bucket = bucket;
        this.keys = keys;
        this.descriptions = descriptions;
    }

    /**
     * What would be left of a change.
     *
     * @param name of the note about it
     * @param entry of the room, when it has one
     */
    record Note(String name, Place place, Optional<Entry> entry) {

        byte[] encode() {
            JsonObject.Builder json =
                    JsonObject.builder().put("key", place.key()).put("place", place.name());
            entry.ifPresent(each -> json.put("entry", each.name()));
            return Json.encode(json.build());
        }

        static Optional<Note> decode(String name, byte[] content) {
            try {
                if (Json.parse(content) instanceof JsonObject json
                        && json.get("key") instanceof JsonString(String key)
                        && json.get("place") instanceof JsonString(String place)) {
                    return Optional.of(new Note(
                            name,
                            new Place(key, place),
                            Optional.ofNullable(json.string("entry")).flatMap(Entry::parse)));
                }
            } catch (JsonException e) {
                // it is none
            }
            return Optional.empty();
        }
    }

    Note begin(Place place, Optional<Entry> entry) {
        Note note = new Note(notesOf(place) + Place.token(), place, entry);
        bucket.put(note.name(), note.encode());
        return note;
    }

    /** A note that stays is one that {@link #clearUp} finds without anything to do. */
    void end(Note note) {
        try {
            bucket.delete(note.name());
        } catch (S3Exception e) {
            log.debug("a note stays for now: {}", e.getMessage());
        }
    }

    /** Deletes what there is at a place that is no asset's, and then the note; later, when that is not possible now. */
    void remove(Note note) {
        try {
            settle(note);
        } catch (S3Exception e) {
            log.warn("what is left of an asset is deleted later: {}", e.getMessage());
        }
    }

    private void settle(Note note) {
        Place place = note.place();
        Optional<Descriptions.Stored> there = descriptions.find(place.key());
        boolean kept = there.flatMap(Descriptions.Stored::kept)
                .filter(asset -> asset.where().equals(place))
                .isPresent();
        if (!kept) {
            sweep(note);
            there.ifPresent(stored -> descriptions.forget(place.key(), stored));
        }
        bucket.delete(note.name());
    }

    private void sweep(Note note) {
        note.entry().ifPresent(entry -> bucket.delete(keys.rooms() + entry.name()));
        String prefix = keys.place(note.place());
        Bucket.Page page;
        do {
            page = bucket.list(prefix, "", PAGE);
            page.items().forEach(item -> bucket.delete(item.key()));
        } while (page.more());
    }

    /** Whether somebody makes or deletes a content now. */
    boolean concerns(Place place) {
        return !bucket.list(notesOf(place), "", 1).items().isEmpty();
    }

    private String notesOf(Place place) {
        return keys.unfinished() + place.name() + ".";
    }

    /** Deletes what changes have left that began so long ago that whoever made them is gone. */
    void clearUp(Duration ago) {
        String after = "";
        Bucket.Page page;
        do {
            page = bucket.list(keys.unfinished(), after, PAGE);
            for (Bucket.Item item : page.items()) {
                after = item.key();
                if (!item.modified().plus(ago).isAfter(page.now())) {
                    clearUp(item.key());
                }
            }
        } while (page.more());
    }

    private void clearUp(String name) {
        Optional<Bucket.Found> content = bucket.get(name);
        if (content.isEmpty()) {
            return; // another node was faster
        }
        Optional<Note> note = Note.decode(name, content.get().content());
        if (note.isEmpty()) {
            bucket.delete(name); // of the probe
            return;
        }
        log.info("settles a change to an asset that did not come to its end");
        remove(note.get());
    }
}
