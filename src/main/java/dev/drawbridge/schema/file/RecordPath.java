package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.Edit;
import dev.drawbridge.schema.Js;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where in an object a step works: a property of it, or of an object in it, when it is written as a JSON Pointer.
 *
 * @param around the names that lead to the object that has the property
 * @param name   the property's name
 */
record RecordPath(List<String> around, String name) {
    /** In messages. */
    static final String ALLOWED = "names of properties, and JSON Pointers such as \"/size/width\"";

    RecordPath {
        around = List.copyOf(around);
    }

    /** Reads a path that is a value in a file. */
    static RecordPath of(Place place) throws SchemaFileException {
        return of(place, place.text(ALLOWED));
    }

    /** Reads a path that is a key in a file. */
    static RecordPath ofKey(Place member) throws SchemaFileException {
        return of(member, member.name());
    }

    private static RecordPath of(Place place, String text) throws SchemaFileException {
        if (!text.startsWith("/")) {
            return new RecordPath(List.of(), text);
        }
        String[] tokens = text.split("/", SchemaFile.DEEPEST + 1);
        List<String> names = new ArrayList<>(tokens.length);
        for (int i = 1; i < tokens.length; i++) {
            if (tokens[i].contains("/") || tokens[i].matches("(?s).*~(?![01]).*")) {
                throw place.fault(Quoted.of(text) + " is no place in a record", ALLOWED);
            }
            names.add(tokens[i].replace("~1", "/").replace("~0", "~"));
        }
        return new RecordPath(names.subList(0, names.size() - 1), names.getLast());
    }

    /** Runs an edit on the object that has the property: as in JavaScript it has to be there ({@link Edit#within}). */
    Edit in(Edit edit) {
        Edit outer = edit;
        for (String each : around.reversed()) {
            outer = Edit.within(each, outer);
        }
        return outer;
    }

    /** The value of the property; {@code null} when it is missing. Throws when an object around it is missing. */
    @Nullable
    JsonValue get(JsonObject object) {
        JsonObject inner = object;
        for (String each : around) {
            JsonValue next = inner.get(each);
            if (Js.isNullish(next)) {
                throw new IllegalArgumentException(each + ": expected an object, got " + Quoted.of(next));
            }
            if (!(next instanceof JsonObject deeper)) {
                return null;
            }
            inner = deeper;
        }
        return inner.get(name);
    }
}
