package dev.drawbridge.schema;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What one version of a migration does to an object: to a whole record, or to its {@code props}. Edits compose; a
 * sequence of versions made of them reads like a list of changes. An edit that meets an object it cannot work with
 * throws an unchecked exception, which ends the migration of that record.
 */
@FunctionalInterface
public interface Edit {

    /** The edit that changes nothing, whatever it meets. */
    Edit NOTHING = (object, random) -> object;

    /**
     * The object after the change; the same object when there is none.
     *
     * @param random the only source of chance, for ids and indices
     */
    JsonObject apply(JsonObject object, RandomGenerator random);

    static Edit nothing() {
        return NOTHING;
    }

    /** Sets a property, whatever it was before. */
    static Edit set(String key, JsonValue value) {
        return (object, random) -> object.with(key, value);
    }

    static Edit set(String key, String value) {
        return set(key, JsonString.of(value));
    }

    static Edit set(String key, double value) {
        return set(key, JsonNumber.of(value));
    }

    static Edit set(String key, boolean value) {
        return set(key, JsonBoolean.of(value));
    }

    static Edit remove(String... keys) {
        return (object, random) -> {
            JsonObject remaining = object;
            for (String key : keys) {
                remaining = remaining.without(key);
            }
            return remaining;
        };
    }

    /** Gives a property another name. A property that is missing leaves the other one missing, even if it was there. */
    static Edit move(String from, String to) {
        return (object, random) -> Edit.with(object, to, object.get(from)).without(from);
    }

    /** Replaces one text by another one, and leaves every other value alone. */
    static Edit replace(String key, String oldText, String newText) {
        return (object, random) -> Js.is(object.get(key), oldText) ? object.with(key, JsonString.of(newText)) : object;
    }

    /** Sets a property to a function of its value; {@code null} is a missing value on either side. */
    static Edit change(String key, Function<@Nullable JsonValue, @Nullable JsonValue> change) {
        return (object, random) -> Edit.with(object, key, change.apply(object.get(key)));
    }

    /**
     * Edits the object in a property. What JavaScript does to something else than an object happens here too: setting a
     * property of {@code null}, of nothing or of a text, a number or a boolean fails; an array takes it silently, and
     * JSON does not show it.
     */
    static Edit within(String key, Edit edit) {
        return edit == NOTHING
                ? NOTHING
                : (object, random) -> {
                    JsonValue inner = object.get(key);
                    if (inner instanceof JsonObject target) {
                        JsonObject edited = edit.apply(target, random);
                        return edited == target ? object : object.with(key, edited);
                    }
                    if (Js.isNullish(inner)
                            || (!edit.apply(JsonObject.EMPTY, random).isEmpty() && !(inner instanceof JsonArray))) {
                        throw new IllegalArgumentException(key + ": expected an object, got " + Quoted.of(inner));
                    }
                    return object;
                };
    }

    /** All of these, one after the other: however many there are, none of them goes deeper than it would alone. */
    static Edit inTurn(List<Edit> edits) {
        List<Edit> all = List.copyOf(edits);
        return switch (all.size()) {
            case 0 -> NOTHING;
            case 1 -> all.getFirst();
            default ->
                (object, random) -> {
                    JsonObject edited = object;
                    for (Edit edit : all) {
                        edited = edit.apply(edited, random);
                    }
                    return edited;
                };
        };
    }

    /** This edit, then another one. */
    default Edit and(Edit next) {
        return (object, random) -> next.apply(apply(object, random), random);
    }

    /** An object with a property set, or removed when the value is {@code null}. */
    static JsonObject with(JsonObject object, String key, @Nullable JsonValue value) {
        return value == null ? object.without(key) : object.with(key, value);
    }
}
