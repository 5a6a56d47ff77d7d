package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import dev.drawbridge.schema.tldraw.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the operations of a step do to a record. Missing values are {@code null}, and stay missing if nothing else is said. */
final class ValueEdits {

    private ValueEdits() {}

    /** Sets a property where it is missing. */
    static Edit add(String key, JsonValue value) {
        return (object, random) -> object.has(key) ? object : object.with(key, value);
    }

    /** Sets one property to the value of another one; a missing value removes it. */
    static Edit copy(RecordPath from, RecordPath to) {
        return (object, random) -> {
            JsonValue value = from.get(object);
            return to.in((inner, chance) -> Edit.with(inner, to.name(), value)).apply(object, random);
        };
    }

    static Edit move(RecordPath from, RecordPath to) {
        return from.equals(to) ? Edit.NOTHING : copy(from, to).and(from.in(Edit.remove(from.name())));
    }

    /** Replaces values by others; those that are in no pair by {@code otherwise}, if there is one. */
    static Edit map(String key, Map<JsonValue, JsonValue> pairs, @Nullable JsonValue otherwise) {
        Map<JsonValue, JsonValue> copy = Map.copyOf(pairs);
        return Edit.change(key, value -> {
            if (value == null) {
                return null;
            }
            JsonValue mapped = copy.get(value);
            if (mapped != null) {
                return mapped;
            }
            return otherwise == null ? value : otherwise;
        });
    }

    static Edit wrap(String key, String as) {
        return Edit.change(key, value -> value == null ? null : JsonObject.of(as, value));
    }

    static Edit unwrap(String key, String as) {
        return Edit.change(key, value -> value instanceof JsonObject object ? object.get(as) : value);
    }

    static Edit toList(String key) {
        return Edit.change(key, value -> value == null ? null : JsonArray.of(value));
    }

    static Edit firstOfList(String key) {
        return Edit.change(key, value -> switch (value) {
            case JsonArray(List<JsonValue> items) -> items.isEmpty() ? null : items.getFirst();
            case null, default -> value;
        });
    }

    /** What is not a number, or is too large for one, becomes {@code null}, as it does in JSON. */
    static Edit toNumber(String key) {
        return Edit.change(
                key,
                value -> isPrimitive(value) ? JsonNumber.of(Js.toNumber(value)).finite() : value);
    }

    static Edit toText(String key) {
        return Edit.change(key, value -> isPrimitive(value) ? JsonString.of(Js.toText(value)) : value);
    }

    static Edit multiply(String key, double by) {
        return Edit.change(
                key,
                value -> value instanceof JsonNumber(double number)
                        ? JsonNumber.of(number * by).finite()
                        : value);
    }

    static Edit textToRichText(RecordPath from, RecordPath to) {
        return move(from, to).and(to.in(Edit.change(to.name(), text -> RichText.of(Js.string(text)))));
    }

    static Edit richTextToText(RecordPath from, RecordPath to) {
        return move(from, to)
                .and(to.in(
                        Edit.change(to.name(), value -> value == null ? null : JsonString.of(RichText.toText(value)))));
    }

    /** Edits every object in a list, or every object that is a value of an object. */
    static Edit each(String key, Edit edit) {
        return (object, random) -> {
            JsonValue all = object.get(key);
            return switch (all) {
                case JsonArray(List<JsonValue> items) -> object.with(key, eachItem(items, edit, random));
                case JsonObject dictionary -> object.with(key, eachValue(dictionary, edit, random));
                case null, default -> object;
            };
        };
    }

    private static JsonValue eachItem(List<JsonValue> items, Edit edit, RandomGenerator random) {
        List<JsonValue> edited = new ArrayList<>(items.size());
        for (JsonValue item : items) {
            edited.add(item instanceof JsonObject object ? edit.apply(object, random) : item);
        }
        return new JsonArray(edited);
    }

    private static JsonValue eachValue(JsonObject dictionary, Edit edit, RandomGenerator random) {
        JsonObject.Builder edited = JsonObject.builder();
        dictionary
                .entries()
                .forEach(member -> edited.put(
                        member.getKey(),
                        member.getValue() instanceof JsonObject object
                                ? edit.apply(object, random)
                                : member.getValue()));
        return edited.build();
    }

    /** One edit or the other, by the value of a property, which may be missing. */
    static Edit when(RecordPath at, Predicate<@Nullable JsonValue> condition, Edit edit, Edit otherwise) {
        return (object, random) -> (condition.test(at.get(object)) ? edit : otherwise).apply(object, random);
    }

    private static boolean isPrimitive(@Nullable JsonValue value) {
        return switch (value) {
            case null -> false;
            case JsonObject ignored -> false;
            case JsonArray ignored -> false;
            case JsonNull ignored -> true;
            default -> true;
        };
    }
}
