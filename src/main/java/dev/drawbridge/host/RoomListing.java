package dev.drawbridge.host;

import java.util.List;
import java.util.Optional;

/**
 * Some rooms, in the order of their ids.
 *
 * @param next where to go on; empty when these were the last. A page may have fewer rooms than asked for, even none, and
 *     still not be the last: a search looks at so many rooms at a time and no more
 */
public record RoomListing(List<RoomDetails> rooms, Optional<String> next) {}
