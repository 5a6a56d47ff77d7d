package dev.drawbridge.simulation;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What somebody does to a whiteboard: changes on records of their own, each with its version in {@code meta.v}, and on
 * records that everybody touches. The records are pages, the smallest that are real.
 */
public final class Edits {
    private final String name;
    private final RandomGenerator random;
    private final Ledger ledger;

    public Edits(String name, RandomGenerator random, Ledger ledger) {
        this.name = name;
        this.random = random;
        this.ledger = ledger;
    }

    public boolean isOwn(String id) {
        return id.startsWith("page:" + name + "-");
    }

    public void make(Board board) {
        for (int edits = random.nextInt(4) == 0 ? 2 : 1; edits > 0; edits--) {
            if (random.nextBoolean()) {
                editOwn(board, "page:" + name + "-" + random.nextInt(2));
            } else {
                editShared(board, "page:shared-" + random.nextInt(2));
            }
        }
    }

    private void editOwn(Board board, String id) {
        JsonObject record = board.get(id);
        if (record != null && random.nextInt(5) == 0) {
            board.remove(id);
            ledger.removed(id);
        } else {
            JsonObject changed = changed(record == null ? page(id) : record);
            board.put(id, withMeta(changed, "v", JsonNumber.of((double) ledger.nextVersion(id))));
        }
    }

    private void editShared(Board board, String id) {
        JsonObject record = board.get(id);
        if (record != null && random.nextInt(8) == 0) {
            board.remove(id);
        } else {
            board.put(id, changed(record == null ? page(id) : record));
        }
    }

    private JsonObject changed(JsonObject record) {
        return switch (random.nextInt(4)) {
            case 0 -> record.with("name", new JsonString(record.string("name") + letter()));
            case 1 -> record.with("name", new JsonString(letter()));
            case 2 -> withMeta(record, "points", grown(meta(record).get("points")));
            default -> withMeta(record, letter(), JsonNumber.of(random.nextInt(100)));
        };
    }

    private JsonArray grown(@Nullable JsonValue points) {
        List<JsonValue> items = new ArrayList<>(points instanceof JsonArray(List<JsonValue> old) ? old : List.of());
        if (items.size() > 5) {
            items.clear();
        }
        items.add(new JsonString(letter()));
        return new JsonArray(items);
    }

    private String letter() {
        return String.valueOf((char) ('a' + random.nextInt(4)));
    }

    private static JsonObject meta(JsonObject record) {
        return record.get("meta") instanceof JsonObject meta ? meta : JsonObject.EMPTY;
    }

    private static JsonObject withMeta(JsonObject record, String key, JsonValue value) {
        return record.with("meta", meta(record).with(key, value));
    }

    private static JsonObject page(String id) {
        return JsonObject.builder()
                .put("id", id)
                .put("typeName", "page")
                .put("name", "")
                .put("index", "a1")
                .put("meta", JsonObject.EMPTY)
                .build();
    }

    public static JsonValue put(JsonObject record) {
        return JsonArray.of(new JsonString("put"), record);
    }

    /** Where somebody is, without an id: the room gives it one. */
    public static JsonObject presence(String name, long moves) {
        return JsonObject.builder()
                .put("typeName", "instance_presence")
                .put("userId", "user:" + name)
                .put("userName", name)
                .put("lastActivityTimestamp", moves)
                .put("followingUserId", JsonNull.NULL)
                .put("cursor", JsonNull.NULL)
                .put("color", "red")
                .put("camera", JsonNull.NULL)
                .put("screenBounds", JsonNull.NULL)
                .put("selectedShapeIds", JsonArray.EMPTY)
                .put("currentPageId", "page:page")
                .put("brush", JsonNull.NULL)
                .put("scribbles", JsonArray.EMPTY)
                .put("chatMessage", "")
                .put("meta", JsonObject.EMPTY)
                .build();
    }
}
