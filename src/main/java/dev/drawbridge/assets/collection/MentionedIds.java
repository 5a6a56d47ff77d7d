package dev.drawbridge.assets.collection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Ids of assets that were mentioned, eight bytes for each. One that was not may be taken for one that was, by a chance of one
 * to many billions, which keeps an asset that nobody needs.
 */
final class MentionedIds {
    private static final int FIRST = 1_024;

    private final MessageDigest digest = sha256();
    private long[] prints = new long[FIRST];
    private int count;
    /** How many of them are in order, each once. */
    private int sorted;

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    void add(String id) {
        if (count == prints.length) {
            sort(); // many are mentioned again and again
            if (count > prints.length / 2) {
                prints = Arrays.copyOf(prints, 2 * prints.length);
            }
        }
        prints[count++] = print(id);
    }

    boolean contains(String id) {
        if (sorted < count) {
            sort();
        }
        return Arrays.binarySearch(prints, 0, count, print(id)) >= 0;
    }

    /** How many there are. */
    int size() {
        sort();
        return count;
    }

    private void sort() {
        Arrays.sort(prints, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (kept == 0 || prints[kept - 1] != prints[i]) {
                prints[kept++] = prints[i];
            }
        }
        count = kept;
        sorted = kept;
    }

    private long print(String id) {
        return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
