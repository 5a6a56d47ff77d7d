package dev.drawbridge.assets.renditions;

import java.util.OptionalInt;

/**
 * The size in which somebody wants to see an image.
 *
 * @param width in pixels, at least 1
 * @param quality from 1 to 100, for those whose type has such a thing
 */
public record Wanted(int width, OptionalInt quality) {

    public Wanted {
        if (width < 1 || quality.orElse(1) < 1 || quality.orElse(1) > MAX_QUALITY) {
            throw new IllegalArgumentException("nothing to want: " + width + ", " + quality);
        }
    }

    public static final int MAX_QUALITY = 100;
}
