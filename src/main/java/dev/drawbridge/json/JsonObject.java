package dev.drawbridge.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An object. Keys keep their order for reading, and any text is an ordinary key, {@code __proto__} too (§21.8). */
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

    private final Map<String, JsonValue> members;

    private JsonObject(Map<String, JsonValue> members) {
        this.members = members;
    }

    public static JsonObject of(String key, JsonValue value) {
        return builder().put(key, value).build();
    }

    /** Takes the map over; the caller lets go of it. */
    static JsonObject owning(Map<String, JsonValue> members) {
        return members.isEmpty() ? EMPTY : new JsonObject(members);
    }

    public static JsonObject copyOf(Map<String, ? extends JsonValue> members) {
        return new JsonObject(new LinkedHashMap<>(members));
    }

    public static Builder builder() {
        return new Builder(new LinkedHashMap<>());
    }

    /** A builder that starts with the members of this object. */
    public Builder toBuilder() {
        return new Builder(new LinkedHashMap<>(members));
    }

    /** The value of a key, or Java {@code null} when the key is absent. */
    public @Nullable JsonValue get(String key) {
        return members.get(key);
    }

    /** The text of a key, or Java {@code null} when the key is absent or holds something else than a string. */
    public @Nullable String string(String key) {
        return get(key) instanceof JsonString(String value) ? value : null;
    }

    public boolean has(String key) {
        return members.containsKey(key);
    }

    public int size() {
        return members.size();
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    public Set<String> keys() {
        return Collections.unmodifiableSet(members.keySet());
    }

    public Set<Map.Entry<String, JsonValue>> entries() {
        return Collections.unmodifiableMap(members).entrySet();
    }

    /** This object with one member set; the same object when it holds an equal value already. */
    public JsonObject with(String key, JsonValue value) {
        return value.equals(get(key)) ? this : toBuilder().put(key, value).build();
    }

    /** This object without one member; the same object when the key is absent. */
    public JsonObject without(String key) {
        return has(key) ? toBuilder().remove(key).build() : this;
    }

    /** This object with each value replaced; the same object when no value was. The members are copied once at most. */
    JsonObject map(UnaryOperator<JsonValue> mapping) {
        @Nullable Builder mapped = null;
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            JsonValue value = mapping.apply(member.getValue());
            if (value != member.getValue()) {
                mapped = mapped == null ? toBuilder() : mapped;
                mapped.put(member.getKey(), value);
            }
        }
        return mapped == null ? this : mapped.build();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof JsonObject object && members.equals(object.members));
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return Json.write(this);
    }

    /** Collects members; of duplicate keys the last one wins. It is used once. */
    public static final class Builder {
        private Map<String, JsonValue> members;

        private Builder(Map<String, JsonValue> members) {
            this.members = members;
        }

        public Builder put(String key, JsonValue value) {
            members.put(key, value);
            return this;
        }

        public Builder put(String key, String value) {
            return put(key, new JsonString(value));
        }

        public Builder put(String key, long value) {
            return put(key, (double) value);
        }

        public Builder put(String key, double value) {
            return put(key, new JsonNumber(value));
        }

        public Builder put(String key, boolean value) {
            return put(key, JsonBoolean.of(value));
        }

        public Builder remove(String key) {
            members.remove(key);
            return this;
        }

        public boolean isEmpty() {
            return members.isEmpty();
        }

        public JsonObject build() {
            JsonObject built = members.isEmpty() ? EMPTY : new JsonObject(members);
            members = Map.of(); // a builder that is used again must not change what it has built
            return built;
        }
    }
}
