package dev.drawbridge.assets.renditions;

import dev.drawbridge.assets.MediaType;

/**
 * One of the sizes in which renditions are made.
 *
 * @param width in pixels
 * @param quality from 1 to 100
 */
record Rung(int width, int quality) {

    /** What a rendition of this size is called among the variants of an asset of a type. */
    String variantOf(MediaType type) {
        return type.equals(MediaType.PNG) ? "w" + width : "w" + width + "-q" + quality;
    }
}
