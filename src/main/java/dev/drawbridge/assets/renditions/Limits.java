package dev.drawbridge.assets.renditions;

import java.time.Duration;

/**
 * What the making of one rendition may take.
 *
 * @param pixels those of the original
 * @param bytes of memory, the original's content included
 * @param time until it is given up
 */
public record Limits(long pixels, long bytes, Duration time) {}
