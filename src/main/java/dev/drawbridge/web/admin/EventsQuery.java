package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventType;
import dev.drawbridge.events.follow.EventFilter;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.room.RoomId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which events a request asks for. */
final class EventsQuery {
    private static final int MOST_ROOMS = 200;

    private EventsQuery() {}

    /** None of them means all; but one that is there and empty is somebody's mistake. */
    static EventFilter filter(@Nullable List<String> rooms, @Nullable List<String> types) {
        Set<String> ids = each(rooms).map(EventsQuery::room).collect(Collectors.toSet());
        if (ids.size() > MOST_ROOMS) {
            throw ProblemException.invalidRequest("room: at most " + MOST_ROOMS);
        }
        return new EventFilter(ids, each(types).map(EventsQuery::type).collect(Collectors.toSet()));
    }

    /** What is empty comes as no value at all. */
    private static Stream<String> each(@Nullable List<String> values) {
        if (values == null) {
            return Stream.of();
        }
        return values.isEmpty() ? Stream.of("") : values.stream().flatMap(value -> Stream.of(value.split(",", -1)));
    }

    private static String room(String text) {
        return RoomId.of(text)
                .orElseThrow(() -> ProblemException.invalidRequest(
                        "room: expected the id of a room, which is " + RoomId.RULE + ", and not " + Quoted.of(text)));
    }

    private static EventType type(String text) {
        return EventType.named(text)
                .orElseThrow(() -> ProblemException.invalidRequest("types: expected some of "
                        + Stream.of(EventType.values()).map(EventType::text).collect(Collectors.joining(", "))
                        + ", and not " + Quoted.of(text)));
    }

    /** An id from that header or parameter; there is none when it is empty. */
    static Optional<EventId> id(String name, Optional<String> text) {
        return text.filter(given -> !given.isEmpty()).map(given -> EventId.parse(given)
                .orElseThrow(() -> ProblemException.invalidRequest(
                        name + ": expected the id of an event, and not " + Quoted.of(given))));
    }
}
