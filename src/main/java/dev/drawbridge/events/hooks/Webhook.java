package dev.drawbridge.events.hooks;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventType;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.host.RoomPattern;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Somebody who wants to be called.
 *
 * @param name of it and of its queue: {@code [a-z0-9-]}, at most 64 characters
 * @param secrets with which requests are signed; several while one is being changed for another
 * @param events what it wants to know
 * @param rooms of which rooms, see {@link RoomPattern}
 * @param diff whether it is told what has changed, and not only that something has
 * @param timeout for all of an exchange
 * @param giveUpAfter how old an event is when nobody tries any more
 * @param mostEvents how many events may wait
 * @param mostBytes how many bytes these may take
 * @param concurrency how many rooms' events are under way at once
 */
public record Webhook(
        String name,
        URI url,
        List<Secret> secrets,
        Set<EventType> events,
        String rooms,
        boolean diff,
        Duration timeout,
        Duration giveUpAfter,
        int mostEvents,
        long mostBytes,
        int concurrency) {

    /** What it wants to know. */
    public boolean wants(RoomEvent event) {
        return events.contains(event.what().type()) && RoomPattern.matches(rooms, event.roomId());
    }

    /** Whether it is told what has changed in a room. */
    boolean wantsDiffs(String roomId) {
        return diff && events.contains(EventType.ROOM_CHANGED) && RoomPattern.matches(rooms, roomId);
    }

    /** What waits for it. */
    public EventStore.Queue queue() {
        return new EventStore.Queue(name, this::wants, mostEvents, mostBytes);
    }

    /** Without the rest, of which some is nobody's business. */
    @Override
    public String toString() {
        return "Webhook[" + name + "]";
    }
}
