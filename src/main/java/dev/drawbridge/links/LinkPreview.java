package dev.drawbridge.links;

import org.jspecify.annotations.Nullable;

/**
 * What is shown of a page. What a page does not tell is an empty text.
 *
 * @param image an http or https URL
 * @param favicon an http or https URL; there need be nothing at it
 * @param imageWidth in pixels, as the page says; null when it does not
 * @param imageHeight in pixels, as the page says; null when it does not
 */
public record LinkPreview(
        String title,
        String description,
        String image,
        String favicon,
        @Nullable Integer imageWidth,
        @Nullable Integer imageHeight) {

    /** How many characters it has. */
    int length() {
        return title.length() + description.length() + image.length() + favicon.length();
    }
}
