package dev.drawbridge.assets.s3;

import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Where a content is: each has a place of its own, which is never used again. So who has seen it there reads that one, or
 * nothing.
 *
 * @param key of the asset: {@link Keys#of} its id
 * @param name one among the places of the id
 */
record Place(String key, String name) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;

    static Place newOne(String key) {
        return new Place(key, token());
    }

    /** A name that nothing else has. */
    static String token() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
