package dev.drawbridge.events;

import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of events, by the names that they have outside. */
public enum EventType {
    ROOM_CREATED("room.created"),
    ROOM_OPENED("room.opened"),
    ROOM_CHANGED("room.changed"),
    ROOM_CLOSED("room.closed"),
    ROOM_DELETED("room.deleted"),
    SESSION_JOINED("session.joined"),
    SESSION_LEFT("session.left"),
    VERSION_CREATED("version.created"),
    LIMIT_HIT("limit.hit");

    private final String text;

    EventType(String text) {
        this.text = text;
    }

    /** Its name, such as {@code room.created}. */
    public String text() {
        return text;
    }

    /** The one that is called so. */
    public static Optional<EventType> named(String text) {
        return Stream.of(values()).filter(each -> each.text.equals(text)).findAny();
    }
}
