package dev.drawbridge.assets;

/**
 * A part of a content.
 *
 * @param from its first byte, counted from 0
 * @param length how many bytes; may be none
 */
public record ByteRange(long from, long length) {

    public ByteRange {
        if (from < 0 || length < 0) {
            throw new IllegalArgumentException("no part of a content: " + from + ", " + length);
        }
    }

    /** All of a content of this size. */
    public static ByteRange all(long size) {
        return new ByteRange(0, size);
    }

    /** The last byte; before {@code from} when there is none. */
    public long last() {
        return from + length - 1;
    }
}
