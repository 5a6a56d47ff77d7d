package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts objects with exactly these fields. They are checked in the order of declaration; after them, any other
 * property is refused, unless {@link #andMore more} is allowed. As in the reference an array passes for an object whose keys are its indices.
 */
public final class ObjectValidator implements Validator {
    private final List<Field> fields;
    private final Set<String> names = new HashSet<>();
    private final boolean more;

    ObjectValidator(List<Field> fields) {
        this(fields, false);
    }

    private ObjectValidator(List<Field> fields, boolean more) {
        this.fields = List.copyOf(fields);
        this.more = more;
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("field \"" + field.name() + "\" is declared twice");
            }
        }
    }

    public List<Field> fields() {
        return fields;
    }

    /** The same fields, and whatever else. */
    public ObjectValidator andMore() {
        return new ObjectValidator(fields, true);
    }

    /** With these fields too; one of the same name takes the place of its own. */
    public ObjectValidator with(List<Field> further) {
        Map<String, Field> all = new LinkedHashMap<>();
        fields.forEach(field -> all.put(field.name(), field));
        further.forEach(field -> all.put(field.name(), field));
        return new ObjectValidator(List.copyOf(all.values()), more);
    }

    /** The field of that name; empty when it is none of its own. */
    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    @Override
    public @Nullable Violation check(@Nullable JsonValue previous, @Nullable JsonValue value) {
        if (value != null && value == previous) {
            return null;
        }
        if (!Js.isObject(value)) {
            return Violation.expected("an object", value);
        }
        JsonObject before = previous instanceof JsonObject earlier ? earlier : JsonObject.EMPTY;
        int known = 0;
        for (Field field : fields) {
            JsonValue member = Js.own(value, field.name());
            JsonValue accepted = before.get(field.name());
            if (member != null) {
                known++;
                if (member == accepted) {
                    continue;
                }
            }
            Violation violation = field.validator().check(accepted, member);
            if (violation != null) {
                return violation.inside(field.name());
            }
        }
        return more || known == Js.size(value) ? null : unknownProperty(value);
    }

    private @Nullable Violation unknownProperty(@Nullable JsonValue object) {
        for (Map.Entry<String, JsonValue> member : Js.entries(object)) {
            if (!names.contains(member.getKey())) {
                return Violation.of("unknown property").inside(member.getKey());
            }
        }
        return null;
    }
}
