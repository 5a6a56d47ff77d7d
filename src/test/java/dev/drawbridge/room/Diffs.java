package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;

/** Network diffs (§5) as they travel. */
public final class Diffs {

    private Diffs() {}

    public static JsonObject put(JsonObject... records) {
        JsonObject.Builder diff = JsonObject.builder();
        for (JsonObject record : records) {
            diff.put(Records.idOf(record), putOp(record));
        }
        return diff.build();
    }

    public static JsonObject patch(String id, String objectDiff) {
        return JsonObject.of(id, patchOp(objectDiff));
    }

    public static JsonObject remove(String... ids) {
        JsonObject.Builder diff = JsonObject.builder();
        for (String id : ids) {
            diff.put(id, json("['remove']"));
        }
        return diff.build();
    }

    /** Several diffs as one, in this order. */
    public static JsonObject all(JsonObject... diffs) {
        JsonObject.Builder all = JsonObject.builder();
        for (JsonObject diff : diffs) {
            diff.entries().forEach(op -> all.put(op.getKey(), op.getValue()));
        }
        return all.build();
    }

    public static JsonValue putOp(JsonObject record) {
        return JsonArray.of(new JsonString("put"), record);
    }

    public static JsonValue patchOp(String objectDiff) {
        return JsonArray.of(new JsonString("patch"), json(objectDiff));
    }
}
