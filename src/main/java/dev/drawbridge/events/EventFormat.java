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
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Events as JSON: as they are told to the outside, in webhooks and to those who follow, and as they are kept. Every event has
 * both forms, whatever the texts in it are. Times have milliseconds.
 */
public final class EventFormat {
    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** A record stands within so many objects and arrays of a kept event, which has to be read again as a whole. */
    private static final int AROUND_A_RECORD = 4;

    private EventFormat() {}

    /**
     * As it is told.
     *
     * @param diff whether the records that have changed are told too, where they are known
     */
    public static JsonObject outside(FiledEvent filed, boolean diff) {
        return members(JsonObject.builder().put("id", filed.id().text()), filed.event(), diff);
    }

    /** As it is kept, in UTF-8: all but its id, which the store knows. How long that is counts for what may be kept. */
    public static byte[] stored(RoomEvent event) {
        return Json.encode(members(JsonObject.builder(), event, true));
    }

    /** Reads what {@link #stored} has written; empty when that cannot be understood, because a newer release has written it. */
    public static Optional<RoomEvent> read(byte[] stored) {
        return EventReader.read(stored);
    }

    /** How a limit is called, as in the metrics. */
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject members(JsonObject.Builder json, RoomEvent event, boolean diff) {
        return json.put("type", event.what().type().text())
                .put("time", TIME.format(event.time()))
                .put("room", event.roomId())
                .put("node", event.node())
                .put("data", data(event.what(), diff))
                .build();
    }

    private static JsonObject data(Happening what, boolean diff) {
        JsonObject.Builder data = JsonObject.builder();
        return switch (what) {
            case Created(long clock) -> data.put("clock", clock).build();
            case Opened(long clock) -> data.put("clock", clock).build();
            case Changed changed -> changed(changed, diff);
            case Closed(Closed.Why why) -> data.put("why", name(why)).build();
            case Deleted _ -> JsonObject.EMPTY;
            case Joined(Person who, boolean readonly) ->
                data.put("session", person(who)).put("readonly", readonly).build();
            case Left(Person who) -> data.put("session", person(who)).build();
            case VersionCreated version -> version(version);
            case LimitHit(var limit, long times) ->
                data.put("limit", name(limit)).put("times", times).build();
        };
    }

    private static JsonObject changed(Changed changed, boolean diff) {
        JsonObject.Builder data =
                JsonObject.builder().put("since", changed.since()).put("clock", changed.clock());
        changed.counts().ifPresent(counts -> counts(counts, data));
        data.put(
                "by",
                new JsonArray(changed.by().stream()
                        .<JsonValue>map(EventFormat::person)
                        .toList()));
        if (diff) {
            changed.diff().ifPresent(known -> data.put("diff", diff(known)));
        }
        return data.build();
    }

    private static void counts(Counts counts, JsonObject.Builder data) {
        data.put("put", counts.put())
                .put("removed", counts.removed())
                .put("records", counts.records())
                .put("bytes", counts.bytes());
    }

    /** What is nested so deep that it could not be read again is too much as well. */
    private static JsonObject diff(Diff diff) {
        if (!diff.complete() || !diff.put().stream().allMatch(each -> fits(each, Json.MAX_DEPTH - AROUND_A_RECORD))) {
            return JsonObject.builder().put("tooLarge", true).build();
        }
        return JsonObject.builder()
                .put("put", new JsonArray(List.copyOf(diff.put())))
                .put(
                        "removed",
                        new JsonArray(diff.removed().stream()
                                .<JsonValue>map(JsonString::new)
                                .toList()))
                .build();
    }

    private static boolean fits(JsonValue value, int depth) {
        return switch (value) {
            case JsonObject object ->
                depth > 0 && object.entries().stream().allMatch(each -> fits(each.getValue(), depth - 1));
            case JsonArray array -> depth > 0 && array.items().stream().allMatch(each -> fits(each, depth - 1));
            default -> true;
        };
    }

    private static JsonObject person(Person person) {
        JsonObject.Builder json = JsonObject.builder().put("sessionId", person.sessionId());
        person.userId().ifPresent(id -> json.put("userId", id));
        person.name().ifPresent(name -> json.put("name", name));
        return json.build();
    }

    private static JsonObject version(VersionCreated version) {
        JsonObject.Builder json = JsonObject.builder()
                .put("version", version.versionId())
                .put("clock", version.clock())
                .put("reason", version.reason());
        version.name().ifPresent(name -> json.put("name", name));
        return json.build();
    }
}
