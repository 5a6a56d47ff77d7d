package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** What is to be known of an id: an object with a small JSON text. */
sealed interface Description {

    byte[] encode();

    /**
     * There is an asset.
     *
     * @param place where its content is
     */
    record Kept(Asset asset, String place) implements Description {

        @Override
        public byte[] encode() {
            JsonObject.Builder json = JsonObject.builder().put("id", asset.id());
            asset.room().ifPresent(room -> json.put("room", room));
            return Json.encode(json.put("type", asset.type().name())
                    .put("size", asset.size())
                    .put("sha256", asset.sha256())
                    .put("created", asset.created().toString())
                    .put("touched", asset.touched().toString())
                    .put("place", place)
                    .build());
        }

        Kept touchedAt(Instant now) {
            return new Kept(
                    new Asset(
                            asset.id(), asset.room(), asset.type(), asset.size(), asset.sha256(), asset.created(), now),
                    place);
        }

        Place where() {
            return new Place(Keys.of(asset.id()), place);
        }

        Entry entry() {
            return Entry.of(asset, where());
        }
    }

    /**
     * There was one. This is soon gone itself; a store that deletes nothing under a condition keeps it.
     *
     * @param by who has deleted it: a name that nothing else has
     */
    record Deleted(String by) implements Description {

        @Override
        public byte[] encode() {
            return Json.encode(JsonObject.builder().put("deleted", by).build());
        }
    }

    /** Empty when this is no description. */
    static Optional<Description> decode(byte[] content) {
        try {
            if (Json.parse(content) instanceof JsonObject json) {
                return json.get("deleted") instanceof JsonString(String by)
                        ? Optional.of(new Deleted(by))
                        : kept(json).map(Description.class::cast);
            }
        } catch (JsonException | IllegalArgumentException | DateTimeException e) {
            // it is none
        }
        return Optional.empty();
    }

    private static Optional<Kept> kept(JsonObject json) {
        if (json.get("id") instanceof JsonString(String id)
                && json.get("type") instanceof JsonString(String type)
                && json.get("size") instanceof JsonNumber(double size)
                && json.get("sha256") instanceof JsonString(String sha256)
                && json.get("created") instanceof JsonString(String created)
                && json.get("touched") instanceof JsonString(String touched)
                && json.get("place") instanceof JsonString(String place)) {
            return Optional.of(new Kept(
                    new Asset(
                            id,
                            Optional.ofNullable(json.string("room")),
                            new MediaType(type),
                            (long) size,
                            sha256,
                            Instant.parse(created),
                            Instant.parse(touched)),
                    place));
        }
        return Optional.empty();
    }
}
