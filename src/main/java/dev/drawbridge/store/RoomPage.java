package dev.drawbridge.store;

import java.util.List;
import java.util.Optional;

/**
 * Some room ids, in order.
 *
 * @param next where to go on; empty when these were the last
 */
public record RoomPage(List<String> roomIds, Optional<String> next) {}
