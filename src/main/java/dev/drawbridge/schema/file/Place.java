package dev.drawbridge.schema.file;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value in a file, and where it stands there. What it is asked for and does not have it refuses, naming both.
 *
 * @param file   the file
 * @param around the object or array that it is in; {@code null} for the whole file
 * @param name   its key or its index there
 * @param value  the value
 */
record Place(String file, @Nullable Place around, String name, JsonValue value) {
    private static final int LONGEST_POINTER = 400;
    private static final int MOST_NAMES = 40;

    static Place of(SchemaFile file) {
        return new Place(Quoted.bare(file.name()), null, "", file.content());
    }

    /** The file and a JSON Pointer (RFC 6901). */
    @Override
    public String toString() {
        return around == null ? file : file + " at " + Quoted.line(pointer(), LONGEST_POINTER);
    }

    SchemaFileException fault(String what, String allowed) {
        return new SchemaFileException(this + ": " + what + "; allowed are " + allowed);
    }

    /** Names for a message, but not thousands of them. */
    static String names(Collection<String> names) {
        String some = names.stream().limit(MOST_NAMES).map(Quoted::bare).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? some + ", …" : some;
    }

    /** This value is not what it should be. */
    SchemaFileException isNo(String kind, String allowed) {
        return fault(Quoted.of(value) + " is no " + kind, allowed);
    }

    /** An object with any keys. */
    JsonObject object() throws SchemaFileException {
        if (value instanceof JsonObject object) {
            return object;
        }
        throw isNo("object", "objects");
    }

    /** An object with no other keys than these. */
    Place closed(Collection<String> keys) throws SchemaFileException {
        for (String key : object().keys()) {
            if (!keys.contains(key)) {
                throw new Place(file, this, key, value).fault(Quoted.of(key) + " is not known here", names(keys));
            }
        }
        return this;
    }

    /** The value of a key; {@code null} when it is missing. */
    @Nullable
    Place get(String key) throws SchemaFileException {
        JsonValue member = object().get(key);
        return member == null ? null : new Place(file, this, key, member);
    }

    /** The value of a key that has to be there. */
    Place need(String key, String allowed) throws SchemaFileException {
        Place member = get(key);
        if (member == null) {
            throw fault("\"" + key + "\" is missing", allowed);
        }
        return member;
    }

    boolean has(String key) throws SchemaFileException {
        return object().has(key);
    }

    List<Place> members() throws SchemaFileException {
        List<Place> members = new ArrayList<>(object().size());
        for (Map.Entry<String, JsonValue> member : object().entries()) {
            members.add(new Place(file, this, member.getKey(), member.getValue()));
        }
        return members;
    }

    /** The values of a key that is an object; none when it is missing. */
    List<Place> membersOf(String key) throws SchemaFileException {
        Place member = get(key);
        return member == null ? List.of() : member.members();
    }

    List<Place> items(String ofWhat) throws SchemaFileException {
        if (!(value instanceof JsonArray(List<JsonValue> values))) {
            throw isNo("list", "lists of " + ofWhat);
        }
        List<Place> items = new ArrayList<>(values.size());
        for (JsonValue item : values) {
            items.add(new Place(file, this, Integer.toString(items.size()), item));
        }
        return items;
    }

    String text(String ofWhat) throws SchemaFileException {
        if (value instanceof JsonString(String text)) {
            return text;
        }
        throw isNo("text", ofWhat);
    }

    /** A text, or the texts of a list that is not empty. */
    List<String> texts(String ofWhat) throws SchemaFileException {
        if (!(value instanceof JsonArray)) {
            return List.of(text(ofWhat + ", and lists of these"));
        }
        List<String> texts = new ArrayList<>();
        for (Place item : items(ofWhat)) {
            texts.add(item.text(ofWhat));
        }
        if (texts.isEmpty()) {
            throw fault("the list is empty", ofWhat + ", and lists of these");
        }
        return texts;
    }

    /** Looks whether the value of a key is a text, if it is there: it is for readers. */
    void mayHaveText(String key) throws SchemaFileException {
        Place text = get(key);
        if (text != null) {
            text.text("texts");
        }
    }

    /** What a key says, or otherwise. */
    boolean flag(String key, boolean otherwise) throws SchemaFileException {
        Place flag = get(key);
        if (flag == null) {
            return otherwise;
        }
        if (flag.value() instanceof JsonBoolean(boolean bool)) {
            return bool;
        }
        throw flag.fault(Quoted.of(flag.value()) + " is neither", "true, false");
    }

    /** The key of something that is named in this place: no empty one, none with a slash, which ends a sequence's name. */
    String key(String ofWhat) throws SchemaFileException {
        if (name.isEmpty() || name.contains("/")) {
            throw fault(Quoted.of(name) + " is no name of " + ofWhat, "texts without \"/\" that are not empty");
        }
        return name;
    }

    private String pointer() {
        List<String> names = new ArrayList<>();
        for (Place at = this; at.around != null; at = at.around) {
            names.add(at.name.replace("~", "~0").replace("/", "~1"));
        }
        StringBuilder pointer = new StringBuilder();
        names.reversed().forEach(each -> pointer.append('/').append(each));
        return pointer.toString();
    }
}
