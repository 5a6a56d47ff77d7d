package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.primitives.IndexKeys;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The points of a line through its history: handles with many properties, handles by index, a list, and today points by
 * id. The indices that come into being here are those that the reference gives when chance is left out.
 */
final class LinePoints {
    private static final Comparator<JsonValue> BY_INDEX =
            Comparator.comparing(point -> Js.member(point, "index"), Js::compare);

    static final Edit ADD_SNAP = change("handles", LinePoints::withSnap);

    static final Edit PLAIN_HANDLES = change("handles", LinePoints::plainHandles);

    static final Edit FULL_HANDLES = change("handles", LinePoints::fullHandles);

    static final Edit HANDLES_TO_LIST =
            change("handles", LinePoints::handlesToList).and(Edit.move("handles", "points"));

    static final Edit LIST_TO_HANDLES =
            change("points", LinePoints::listToHandles).and(Edit.move("points", "handles"));

    static final Edit LIST_TO_DICT = change("points", LinePoints::listToDict);

    static final Edit DICT_TO_LIST = change("points", LinePoints::dictToList);

    private LinePoints() {}

    private static @Nullable JsonValue withSnap(@Nullable JsonValue handles) {
        if (handles instanceof JsonArray(List<JsonValue> items)) {
            return new JsonArray(items.stream().map(LinePoints::snapping).toList());
        }
        JsonObject.Builder snapping = JsonObject.builder();
        Js.entries(handles).forEach(handle -> snapping.put(handle.getKey(), snapping(handle.getValue())));
        return handles instanceof JsonObject ? snapping.build() : handles;
    }

    private static JsonValue snapping(JsonValue handle) {
        return handle instanceof JsonArray ? handle : Js.object(handle).with("canSnap", JsonBoolean.TRUE);
    }

    private static JsonObject plainHandles(@Nullable JsonValue handles) {
        JsonObject.Builder plain = JsonObject.builder();
        Js.entries(handles)
                .forEach(handle -> plain.put(
                        Js.toText(Js.member(handle.getValue(), "index")),
                        position(handle.getValue()).build()));
        return plain.build();
    }

    private static JsonObject fullHandles(@Nullable JsonValue handles) {
        List<JsonObject> sorted = Js.entries(handles).stream()
                .map(handle -> withIndex(handle.getKey(), handle.getValue()))
                .sorted(BY_INDEX)
                .toList();
        JsonObject.Builder full = JsonObject.builder();
        for (int i = 0; i < sorted.size(); i++) {
            JsonObject handle = sorted.get(i);
            String id = i == 0 ? "start" : i == sorted.size() - 1 ? "end" : "handle:" + Js.toText(handle.get("index"));
            full.put(id, fullHandle(id, handle));
        }
        return full.build();
    }

    /** An index of the handle's own counts for more than its key. */
    private static JsonObject withIndex(String index, JsonValue handle) {
        JsonObject members = Js.spread(handle);
        return members.has("index") ? members : members.with("index", JsonString.of(index));
    }

    private static JsonObject fullHandle(String id, JsonObject handle) {
        return position(handle)
                .put("id", id)
                .put("type", "vertex")
                .put("canBind", false)
                .put("canSnap", true)
                .put("index", Js.orElse(handle.get("index"), JsonNull.NULL))
                .build();
    }

    private static JsonArray handlesToList(@Nullable JsonValue handles) {
        return new JsonArray(Js.entries(handles).stream()
                .sorted(Map.Entry.comparingByKey())
                .<JsonValue>map(handle -> position(handle.getValue()).build())
                .toList());
    }

    private static JsonObject listToHandles(@Nullable JsonValue points) {
        JsonObject.Builder handles = JsonObject.builder();
        forEachIndexed(
                points, (index, point) -> handles.put(index, position(point).build()));
        return handles.build();
    }

    private static JsonObject listToDict(@Nullable JsonValue points) {
        JsonObject.Builder dict = JsonObject.builder();
        forEachIndexed(
                points,
                (index, point) -> dict.put(
                        index,
                        position(point).put("id", index).put("index", index).build()));
        return dict.build();
    }

    private static JsonArray dictToList(@Nullable JsonValue points) {
        return new JsonArray(Js.entries(points).stream()
                .map(Map.Entry::getValue)
                .sorted(BY_INDEX)
                .<JsonValue>map(point -> position(point).build())
                .toList());
    }

    private static void forEachIndexed(@Nullable JsonValue points, BiConsumer<String, JsonValue> action) {
        List<JsonValue> items = Js.items(points);
        List<String> indices = IndexKeys.firstKeys(items.size());
        for (int i = 0; i < items.size(); i++) {
            action.accept(indices.get(i), items.get(i));
        }
    }

    private static JsonObject.Builder position(JsonValue point) {
        JsonObject.Builder position = JsonObject.builder();
        for (String axis : List.of("x", "y")) {
            JsonValue coordinate = Js.member(point, axis);
            if (coordinate != null) {
                position.put(axis, coordinate);
            }
        }
        return position;
    }
}
