package dev.drawbridge.events;

import java.util.Optional;

/**
 * Who was it.
 *
 * @param sessionId of the session, which is one browser tab or one agent
 * @param userId as whom access was granted; empty for somebody anonymous
 * @param name what that user is called
 */
public record Person(String sessionId, Optional<String> userId, Optional<String> name) {}
