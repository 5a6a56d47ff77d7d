package dev.drawbridge.history.blobs;

import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What the folder of a room is called: its id as bytes in hexadecimal, so that no two are the same on any file system, none
 * is a name with a meaning, and they are in the order of the ids. Of an id that is too long for a name, or empty, it is the beginning
 * and a hash; what the id is stands in a blob of its own.
 *
 * @param name what it is called
 * @param whole whether the id can be told from that
 */
record RoomFolder(String name, boolean whole) {
    /** File systems take 255. */
    private static final int LONGEST = 200;

    private static final String CUT = "~";

    static RoomFolder of(String roomId) {
        byte[] bytes = StorageKey.of(roomId).getBytes(StandardCharsets.UTF_8);
        String name = HexFormat.of().formatHex(bytes);
        if (!name.isEmpty() && name.length() <= LONGEST) {
            return new RoomFolder(name, true);
        }
        String hash = HexFormat.of().formatHex(sha256(bytes));
        return new RoomFolder(name.substring(0, Math.min(name.length(), LONGEST - hash.length())) + CUT + hash, false);
    }

    /** The id of the room whose folder is called like this; empty when it cannot be told from that. */
    static Optional<String> idOf(String name) {
        try {
            String key = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(HexFormat.of().parseHex(name)))
                    .toString();
            return Optional.of(StorageKey.toId(key)).filter(id -> of(id).name().equals(name));
        } catch (IllegalArgumentException | CharacterCodingException | StoreException e) {
            return Optional.empty();
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
