package dev.drawbridge.cluster.owner;

import dev.drawbridge.host.RoomQuery;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What nodes ask each other about the rooms that they have open, in JSON: {@code {"rooms":{"text","after","limit"}}} is
 * answered with {@code {"rooms":[id…]}}, and {@code {"sessions":[id…]}} with {@code {"sessions":{id:count}}}, without those
 * that are not open. A question that a release does not know it answers with {@code {}}.
 */
public final class Questions {
    private static final String ROOMS = "rooms";
    private static final String SESSIONS = "sessions";
    private static final String TEXT = "text";
    private static final String AFTER = "after";
    private static final String LIMIT = "limit";

    private Questions() {}

    static byte[] answer(RoomRegistry registry, byte[] question) {
        JsonObject asked = parse(question);
        JsonObject.Builder answer = JsonObject.builder();
        if (asked.get(ROOMS) instanceof JsonObject rooms) {
            answer.put(ROOMS, array(registry.openRooms(query(rooms))));
        }
        if (asked.get(SESSIONS) instanceof JsonArray ids) {
            JsonObject.Builder counts = JsonObject.builder();
            for (String id : texts(ids)) {
                registry.sessions(id).ifPresent(count -> counts.put(id, count));
            }
            answer.put(SESSIONS, counts.build());
        }
        return Json.encode(answer.build());
    }

    private static RoomQuery query(JsonObject rooms) {
        String text = rooms.string(TEXT);
        int limit = rooms.get(LIMIT) instanceof JsonNumber(double value) ? (int) value : 1;
        return new RoomQuery(
                text == null ? "" : text,
                Optional.empty(),
                Optional.ofNullable(rooms.string(AFTER)),
                Math.max(1, limit));
    }

    /** Which of the rooms that a query asks for are open. */
    public static byte[] openRooms(RoomQuery query) {
        JsonObject.Builder rooms = JsonObject.builder().put(TEXT, query.text()).put(LIMIT, query.limit());
        query.after().ifPresent(after -> rooms.put(AFTER, after));
        return Json.encode(JsonObject.of(ROOMS, rooms.build()));
    }

    /** The answer to that; empty when there is none in it. */
    public static Optional<List<String>> readOpenRooms(byte[] answer) {
        return parse(answer).get(ROOMS) instanceof JsonArray ids ? Optional.of(texts(ids)) : Optional.empty();
    }

    /** How many are in these rooms. */
    public static byte[] sessions(List<String> roomIds) {
        return Json.encode(JsonObject.of(SESSIONS, array(roomIds)));
    }

    /** The answer to that; empty when there is none in it. */
    public static Optional<Map<String, Integer>> readSessions(byte[] answer) {
        if (!(parse(answer).get(SESSIONS) instanceof JsonObject counts)) {
            return Optional.empty();
        }
        Map<String, Integer> sessions = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> each : counts.entries()) {
            if (each.getValue() instanceof JsonNumber(double count)) {
                sessions.put(each.getKey(), (int) count);
            }
        }
        return Optional.of(sessions);
    }

    private static JsonObject parse(byte[] bytes) {
        try {
            return Json.parse(bytes) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (JsonException e) {
            return JsonObject.EMPTY;
        }
    }

    private static JsonArray array(List<String> texts) {
        List<JsonValue> items = new ArrayList<>();
        texts.forEach(text -> items.add(new JsonString(text)));
        return new JsonArray(items);
    }

    private static List<String> texts(JsonArray array) {
        return array.items().stream()
                .filter(JsonString.class::isInstance)
                .map(text -> ((JsonString) text).value())
                .toList();
    }
}
