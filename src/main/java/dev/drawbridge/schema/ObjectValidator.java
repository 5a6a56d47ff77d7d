package dev.drawbridge.schema;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts objects with exactly these fields. They are checked in the order of declaration; after them, any other
 * property is refused. As in the reference an array passes for an object whose keys are its indices.
 */
public final class ObjectValidator implements Validator {
    private final List<Field> fields;
    private final Set<String> names = new HashSet<>();

    ObjectValidator(List<Field> fields) {
        this.fields = List.copyOf(fields);
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw new IllegalArgumentException("field \"" + field.name() + "\" is declared twice");
            }
        }
    }

    public List<Field> fields() {
        return fields;
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
        return known == Js.size(value) ? null : unknownProperty(value);
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
