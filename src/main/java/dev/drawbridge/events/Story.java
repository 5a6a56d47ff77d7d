package dev.drawbridge.events;

import java.util.Optional;

/**
 * What has been told of a room so far, which decides what may be told next.
 *
 * @param clock up to which changes were told of
 * @param openAt the node that was said to have it open; empty when it was said to be closed
 */
public record Story(long clock, Optional<String> openAt) {}
