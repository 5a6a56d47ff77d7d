package dev.drawbridge.room;

import java.util.Optional;

/**
 * Who makes a change.
 *
 * @param userId as whom access has been granted; empty for somebody anonymous
 * @param userName what that user is called
 */
public record Author(String sessionId, Optional<String> userId, Optional<String> userName, Rights rights) {}
