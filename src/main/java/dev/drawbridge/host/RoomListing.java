package dev.drawbridge.host;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Some rooms, in the order of their ids.
 *
 * @param next where to go on; empty when these were the last. A page may have fewer rooms than asked for, even none, and
 *     still not be the last: a search looks at so many rooms at a time and no more
 * @param unanswered the nodes that were asked about their rooms and did not answer in time
 */
public record RoomListing(List<RoomDetails> rooms, Optional<String> next, Set<String> unanswered) {}
