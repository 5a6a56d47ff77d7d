package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Counts;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.Happening.Deleted;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.events.Happening.Joined;
import dev.drawbridge.events.Happening.Left;
import dev.drawbridge.events.Happening.LimitHit;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.events.Happening.VersionCreated;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.Limit;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads events as {@link EventFormat} keeps them. Members that it does not know are left out. */
final class EventReader {

    private EventReader() {}

    /** Is not what is expected; it gets no further than this class. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unreadable(String key) {
            super(key, null, false, false);
        }
    }

    static Optional<RoomEvent> read(byte[] stored) {
        try {
            JsonObject json = object(Json.parse(stored), "event");
            EventType type = EventType.named(text(json, "type")).orElseThrow(() -> new Unreadable("type"));
            return Optional.of(new RoomEvent(
                    text(json, "room"),
                    Instant.parse(text(json, "time")),
                    text(json, "node"),
                    happening(type, object(json.get("data"), "data"))));
        } catch (JsonException | Unreadable | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Happening happening(EventType type, JsonObject data) {
        return switch (type) {
            case ROOM_CREATED -> new Created(number(data, "clock"));
            case ROOM_OPENED -> new Opened(number(data, "clock"));
            case ROOM_CHANGED -> changed(data);
            case ROOM_CLOSED -> new Closed(named(Closed.Why.values(), text(data, "why")));
            case ROOM_DELETED -> new Deleted();
            case SESSION_JOINED ->
                new Joined(
                        person(object(data.get("session"), "session")), JsonBoolean.TRUE.equals(data.get("readonly")));
            case SESSION_LEFT -> new Left(person(object(data.get("session"), "session")));
            case VERSION_CREATED ->
                new VersionCreated(
                        text(data, "version"), number(data, "clock"), text(data, "reason"), ifText(data, "name"));
            case LIMIT_HIT -> new LimitHit(named(Limit.values(), text(data, "limit")), number(data, "times"));
        };
    }

    private static Changed changed(JsonObject data) {
        return new Changed(
                number(data, "since"),
                number(data, "clock"),
                data.has("put") ? Optional.of(counts(data)) : Optional.empty(),
                items(data, "by", each -> person(object(each, "by"))),
                data.has("diff") ? Optional.of(diff(object(data.get("diff"), "diff"))) : Optional.empty());
    }

    private static Counts counts(JsonObject data) {
        return new Counts(
                (int) number(data, "put"),
                (int) number(data, "removed"),
                (int) number(data, "records"),
                number(data, "bytes"));
    }

    private static Diff diff(JsonObject diff) {
        return diff.has("tooLarge")
                ? Diff.TOO_LARGE
                : new Diff(
                        items(diff, "put", each -> object(each, "put")), items(diff, "removed", EventReader::id), true);
    }

    private static Person person(JsonObject person) {
        return new Person(text(person, "sessionId"), ifText(person, "userId"), ifText(person, "name"));
    }

    private static String id(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> text;
            default -> throw new Unreadable("removed");
        };
    }

    private static <T> List<T> items(JsonObject json, String key, Function<JsonValue, T> item) {
        return switch (json.get(key)) {
            case JsonArray(List<JsonValue> items) -> items.stream().map(item).toList();
            case null, default -> throw new Unreadable(key);
        };
    }

    private static JsonObject object(@Nullable JsonValue value, String key) {
        return switch (value) {
            case JsonObject object -> object;
            case null, default -> throw new Unreadable(key);
        };
    }

    private static String text(JsonObject json, String key) {
        return ifText(json, key).orElseThrow(() -> new Unreadable(key));
    }

    private static Optional<String> ifText(JsonObject json, String key) {
        return Optional.ofNullable(json.string(key));
    }

    private static long number(JsonObject json, String key) {
        return switch (json.get(key)) {
            case JsonNumber(double value) when value == (long) value -> (long) value;
            case null, default -> throw new Unreadable(key);
        };
    }

    private static <E extends Enum<E>> E named(E[] constants, String name) {
        return Stream.of(constants)
                .filter(each -> EventFormat.name(each).equals(name))
                .findAny()
                .orElseThrow(() -> new Unreadable(name));
    }
}
