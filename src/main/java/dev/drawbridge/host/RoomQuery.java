package dev.drawbridge.host;

import java.util.Optional;

/**
 * Which rooms are asked for, in the order of their ids.
 *
 * @param text what their ids contain; empty for all
 * @param state empty for either
 * @param after the last id of the page before
 * @param limit the most rooms on the page, at least 1
 */
public record RoomQuery(String text, Optional<RoomDetails.State> state, Optional<String> after, int limit) {}
