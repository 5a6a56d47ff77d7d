package dev.drawbridge.schema.tldraw;

import static dev.drawbridge.schema.Edit.change;

import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.StoredRecords;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The ends of an arrow, from the time when an end that sticks to a shape named it itself. */
final class ArrowTerminals {
    private static final JsonObject MIDDLE = vector(0.5, 0.5);
    private static final JsonObject ORIGIN = vector(0, 0);

    static final Edit ADD_IS_PRECISE = onBoth(ArrowTerminals::addIsPrecise);
    static final Edit REMOVE_IS_PRECISE = onBoth(ArrowTerminals::removeIsPrecise);

    private ArrowTerminals() {}

    /** Makes a binding record of each end that sticks to a shape. Whether the shape exists does not matter. */
    static void extractBindings(StoredRecords records, RandomGenerator random) {
        for (Map.Entry<String, JsonObject> entry : records.entries()) {
            JsonObject arrow = entry.getValue();
            if (Js.is(arrow.get("typeName"), "shape") && Js.is(arrow.get("type"), "arrow")) {
                JsonObject props = Js.object(arrow.get("props"));
                for (String end : List.of("start", "end")) {
                    JsonValue terminal = props.get(end);
                    if (isBound(terminal)) {
                        String id = "binding:" + RandomText.id(random);
                        records.set(id, binding(id, arrow, end, Js.object(terminal)));
                        props = props.with(end, ORIGIN);
                    } else if (terminal instanceof JsonObject point) {
                        props = props.with(end, point.without("type"));
                    }
                }
                // Under its own id, which is not always the key that it was found under.
                records.set(Js.toText(arrow.get("id")), arrow.with("props", props));
            }
        }
    }

    private static JsonObject binding(String id, JsonObject arrow, String end, JsonObject terminal) {
        JsonObject.Builder props = JsonObject.builder().put("terminal", end);
        for (String key : List.of("normalizedAnchor", "isExact", "isPrecise")) {
            copy(terminal, key, props, key);
        }
        JsonObject.Builder binding = JsonObject.builder()
                .put("typeName", "binding")
                .put("id", id)
                .put("type", "arrow")
                .put("meta", JsonObject.EMPTY)
                .put("props", props.build());
        copy(arrow, "id", binding, "fromId");
        copy(terminal, "boundShapeId", binding, "toId");
        return binding.build();
    }

    private static void copy(JsonObject source, String key, JsonObject.Builder target, String targetKey) {
        JsonValue value = source.get(key);
        if (value != null) {
            target.put(targetKey, value);
        }
    }

    /** Throws when an end is missing. */
    private static boolean isBound(@Nullable JsonValue terminal) {
        return Js.is(Js.member(terminal, "type"), "binding");
    }

    private static Edit onBoth(UnaryOperator<JsonObject> change) {
        return onEnd("start", change).and(onEnd("end", change));
    }

    private static Edit onEnd(String end, UnaryOperator<JsonObject> change) {
        return change(end, terminal -> isBound(terminal) ? change.apply(Js.object(terminal)) : terminal);
    }

    private static JsonObject addIsPrecise(JsonObject terminal) {
        JsonValue anchor = terminal.get("normalizedAnchor");
        boolean inTheMiddle = Js.is(Js.member(anchor, "x"), 0.5) && Js.is(Js.member(anchor, "y"), 0.5);
        return terminal.with("isPrecise", JsonBoolean.of(!inTheMiddle));
    }

    private static JsonObject removeIsPrecise(JsonObject terminal) {
        JsonValue isPrecise = terminal.get("isPrecise");
        JsonObject anchored =
                isPrecise == null || isPrecise.isFalsy() ? terminal.with("normalizedAnchor", MIDDLE) : terminal;
        return anchored.without("isPrecise");
    }

    private static JsonObject vector(double x, double y) {
        return JsonObject.builder().put("x", x).put("y", y).build();
    }
}
