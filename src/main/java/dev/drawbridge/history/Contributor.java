package dev.drawbridge.history;

import java.util.Optional;

/**
 * Somebody who has changed a room.
 *
 * @param userId as whom access was granted; empty for somebody anonymous
 * @param name what that user is called, if that is known
 */
public record Contributor(Optional<String> userId, Optional<String> name) {}
