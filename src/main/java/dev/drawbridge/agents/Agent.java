package dev.drawbridge.agents;

import java.util.Optional;

/**
 * Who works on boards without a browser.
 *
 * @param sessionId its session's id in every room that it enters; whoever comes with the same one takes its place
 * @param userId for whom it works, as access was granted; empty for somebody anonymous
 * @param name what people see beside its cursor
 */
public record Agent(String sessionId, Optional<String> userId, String name) {}
