package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Edit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the operations of a step. */
final class OperationReader {
    private static final List<String> NAMES = List.of(
            "set",
            "add",
            "remove",
            "rename",
            "move",
            "copy",
            "map",
            "wrap",
            "unwrap",
            "toList",
            "firstOfList",
            "each",
            "when",
            "toNumber",
            "toText",
            "multiply",
            "textToRichText",
            "richTextToText");
    private static final String ALLOWED = "objects with one of " + String.join(", ", NAMES);

    private OperationReader() {}

    /** A list of operations, which are done one after the other. */
    static Edit read(Place list) throws SchemaFileException {
        List<Edit> edits = new ArrayList<>();
        for (Place operation : list.items("operations")) {
            edits.add(operation(operation));
        }
        return Edit.inTurn(edits);
    }

    private static Edit operation(Place operation) throws SchemaFileException {
        if (!(operation.value() instanceof JsonObject object)) {
            throw operation.isNo("operation", ALLOWED);
        }
        if (object.has("when")) {
            return when(operation.closed(List.of("when", "do", "otherwise")));
        }
        if (object.size() != 1) {
            throw operation.fault("this object has " + object.size() + " keys", ALLOWED);
        }
        Place said = operation.members().getFirst();
        return switch (said.name()) {
            case "set" -> set(said);
            case "add" -> add(said);
            case "remove" -> remove(said);
            case "rename" -> rename(said);
            case "move" -> between(said, ValueEdits::move);
            case "copy" -> between(said, ValueEdits::copy);
            case "map" -> map(said);
            case "wrap" -> as(said, ValueEdits::wrap);
            case "unwrap" -> as(said, ValueEdits::unwrap);
            case "toList" -> at(said, ValueEdits::toList);
            case "firstOfList" -> at(said, ValueEdits::firstOfList);
            case "toNumber" -> at(said, ValueEdits::toNumber);
            case "toText" -> at(said, ValueEdits::toText);
            case "multiply" -> multiply(said);
            case "each" -> each(said);
            case "textToRichText" -> fromTo(said, ValueEdits::textToRichText);
            case "richTextToText" -> fromTo(said, ValueEdits::richTextToText);
            default -> throw said.fault("\"" + Place.names(List.of(said.name())) + "\" is no operation", ALLOWED);
        };
    }

    @FunctionalInterface
    private interface OfTwo<A, B> {
        Edit edit(A one, B other);
    }

    @FunctionalInterface
    private interface OfName {
        Edit edit(String name);
    }

    private static Edit set(Place said) throws SchemaFileException {
        List<Edit> edits = new ArrayList<>();
        for (Place member : said.members()) {
            RecordPath at = RecordPath.ofKey(member);
            edits.add(at.in(Edit.set(at.name(), member.value())));
        }
        return Edit.inTurn(edits);
    }

    private static Edit add(Place said) throws SchemaFileException {
        List<Edit> edits = new ArrayList<>();
        for (Place member : said.members()) {
            RecordPath at = RecordPath.ofKey(member);
            edits.add(at.in(ValueEdits.add(at.name(), member.value())));
        }
        return Edit.inTurn(edits);
    }

    private static Edit remove(Place said) throws SchemaFileException {
        if (!(said.value() instanceof JsonArray)) {
            return at(said, Edit::remove);
        }
        List<Edit> edits = new ArrayList<>();
        for (Place item : said.items(RecordPath.ALLOWED)) {
            edits.add(at(item, Edit::remove));
        }
        return Edit.inTurn(edits);
    }

    private static Edit rename(Place said) throws SchemaFileException {
        List<Edit> edits = new ArrayList<>();
        for (Place member : said.members()) {
            RecordPath at = RecordPath.ofKey(member);
            String name = member.text("names of properties");
            edits.add(at.name().equals(name) ? Edit.NOTHING : at.in(Edit.move(at.name(), name)));
        }
        return Edit.inTurn(edits);
    }

    private static Edit between(Place said, OfTwo<RecordPath, RecordPath> operation) throws SchemaFileException {
        List<Edit> edits = new ArrayList<>();
        for (Place member : said.members()) {
            edits.add(operation.edit(RecordPath.ofKey(member), RecordPath.of(member)));
        }
        return Edit.inTurn(edits);
    }

    private static Edit at(Place said, OfName operation) throws SchemaFileException {
        RecordPath at = RecordPath.of(said);
        return at.in(operation.edit(at.name()));
    }

    private static Edit as(Place said, OfTwo<String, String> operation) throws SchemaFileException {
        RecordPath at = path(said.closed(List.of("at", "as")), "at");
        String as = said.need("as", "\"at\" and \"as\"").text("names of properties");
        return at.in(operation.edit(at.name(), as));
    }

    private static Edit fromTo(Place said, OfTwo<RecordPath, RecordPath> operation) throws SchemaFileException {
        said.closed(List.of("from", "to"));
        return operation.edit(path(said, "from"), path(said, "to"));
    }

    private static Edit multiply(Place said) throws SchemaFileException {
        RecordPath at = path(said.closed(List.of("at", "by")), "at");
        Place by = said.need("by", "\"at\" and \"by\"");
        if (by.value() instanceof JsonNumber(double factor) && Double.isFinite(factor)) {
            return at.in(ValueEdits.multiply(at.name(), factor));
        }
        throw by.isNo("number", "finite numbers");
    }

    private static Edit each(Place said) throws SchemaFileException {
        RecordPath at = path(said.closed(List.of("at", "do")), "at");
        return at.in(ValueEdits.each(at.name(), read(said.need("do", "\"at\" and \"do\""))));
    }

    private static Edit map(Place said) throws SchemaFileException {
        RecordPath at = path(said.closed(List.of("at", "values", "otherwise")), "at");
        Place values = said.need("values", "\"at\", \"values\" and \"otherwise\"");
        Place otherwise = said.get("otherwise");
        return at.in(ValueEdits.map(at.name(), pairs(values), otherwise == null ? null : otherwise.value()));
    }

    /** Old values, each with its new one: as an object when all of the old ones are texts, else as a list of pairs. */
    private static Map<JsonValue, JsonValue> pairs(Place values) throws SchemaFileException {
        Map<JsonValue, JsonValue> pairs = new HashMap<>();
        if (values.value() instanceof JsonObject object) {
            object.entries().forEach(pair -> pairs.put(JsonString.of(pair.getKey()), pair.getValue()));
            return pairs;
        }
        if (!(values.value() instanceof JsonArray)) {
            throw values.isNo("mapping", "objects, and lists of pairs");
        }
        for (Place pair : values.items("pairs")) {
            List<Place> two = pair.items("an old and a new value");
            if (two.size() != 2) {
                throw pair.fault("the list has " + two.size(), "lists of an old and a new value");
            }
            if (pairs.put(two.getFirst().value(), two.getLast().value()) != null) {
                throw pair.fault("the old value has been given before", "pairs with different old values");
            }
        }
        return pairs;
    }

    private static Edit when(Place operation) throws SchemaFileException {
        Place condition = operation.need("when", "\"when\", \"do\" and \"otherwise\"");
        RecordPath at = path(condition.closed(List.of("at", "is", "in", "missing")), "at");
        Predicate<@Nullable JsonValue> test = test(condition);
        Edit edit = read(operation.need("do", "\"when\", \"do\" and \"otherwise\""));
        Place otherwise = operation.get("otherwise");
        return ValueEdits.when(at, test, edit, otherwise == null ? Edit.NOTHING : read(otherwise));
    }

    private static Predicate<@Nullable JsonValue> test(Place condition) throws SchemaFileException {
        if (condition.object().size() != 2) {
            throw condition.fault("this is no condition", "\"at\" with one of is, in, missing");
        }
        Place is = condition.get("is");
        if (is != null) {
            JsonValue expected = is.value();
            return value -> expected.equals(value);
        }
        Place in = condition.get("in");
        if (in != null) {
            Set<JsonValue> expected = new HashSet<>();
            for (Place item : in.items("values")) {
                expected.add(item.value());
            }
            return value -> value != null && expected.contains(value);
        }
        boolean missing = condition.flag("missing", true);
        return value -> missing == (value == null);
    }

    private static RecordPath path(Place said, String key) throws SchemaFileException {
        return RecordPath.of(said.need(key, RecordPath.ALLOWED + " in \"" + key + "\""));
    }
}
