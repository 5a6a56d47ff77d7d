package dev.drawbridge.assets;

import java.time.Instant;
import java.util.Optional;

/**
 * An image or a video that is kept.
 *
 * @param room the room it was brought to; others may show it as well
 * @param type what it was recognised as
 * @param size in bytes
 * @param sha256 of its content, in hexadecimal digits
 * @param created when it was put, to the millisecond
 * @param touched when it was put, put again or touched last, to the millisecond
 */
public record Asset(
        String id, Optional<String> room, MediaType type, long size, String sha256, Instant created, Instant touched) {}
