package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.Variant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What is where in the bucket. Ids of assets and of rooms are in it as their SHA-256: they are any text.
 *
 * @param prefix what all keys begin with
 */
record Keys(String prefix) {
    private static final String OF_NO_ROOM = "none";

    static String of(String id) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that there is of an id. */
    String object(String key) {
        return prefix + "objects/" + key + "/";
    }

    String description(String key) {
        return object(key) + "asset.json";
    }

    /** All that there is of one content. */
    String place(Place place) {
        return object(place.key()) + place.name() + "/";
    }

    String content(Place place) {
        return place(place) + "content";
    }

    String variants(Place place) {
        return place(place) + "variant.";
    }

    String variant(Place place, Variant variant) {
        return variants(place) + variant.name() + "." + variant.type().name().replaceFirst("/", "_");
    }

    String collected() {
        return prefix + "collected";
    }

    String rooms() {
        return prefix + "rooms/";
    }

    /** Which folder of {@link #rooms} is a room's, or that of the assets of no room. */
    static String folderOf(Optional<String> room) {
        return room.map(Keys::of).orElse(OF_NO_ROOM) + "/";
    }

    String unfinished() {
        return prefix + "unfinished/";
    }
}
