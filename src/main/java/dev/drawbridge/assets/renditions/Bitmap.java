package dev.drawbridge.assets.renditions;

/** Pixels in memory: row by row, and of each its samples, which are bytes without sign. */
final class Bitmap {
    /** Grey, or red, green and blue; and how opaque it is, when there is one more of them. */
    private final int bands;

    private final int width;
    private final int height;
    private final byte[] samples;

    Bitmap(int width, int height, int bands) {
        this.width = width;
        this.height = height;
        this.bands = bands;
        this.samples = new byte[Math.multiplyExact(Math.multiplyExact(width, height), bands)];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int bands() {
        return bands;
    }

    byte[] samples() {
        return samples;
    }

    static boolean hasAlpha(int bands) {
        return bands % 2 == 0;
    }

    /** The same without a word about opacity, when all of it is opaque. */
    Bitmap simplified() {
        return hasAlpha(bands) && isOpaque() ? withoutAlpha() : this;
    }

    private boolean isOpaque() {
        for (int i = bands - 1; i < samples.length; i += bands) {
            if (samples[i] != (byte) 0xff) {
                return false;
            }
        }
        return true;
    }

    private Bitmap withoutAlpha() {
        Bitmap opaque = new Bitmap(width, height, bands - 1);
        for (int from = 0, to = 0; from < samples.length; from += bands, to += bands - 1) {
            System.arraycopy(samples, from, opaque.samples, to, bands - 1);
        }
        return opaque;
    }
}
