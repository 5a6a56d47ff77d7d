package dev.drawbridge.events;

/** An event that is written down. */
public record FiledEvent(EventId id, RoomEvent event) {}
