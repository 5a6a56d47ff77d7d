package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.schema.Field;
import dev.drawbridge.schema.ObjectValidator;
import dev.drawbridge.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One kind of shape: what may be said of a new one, and of one that is there. */
final class ShapeKind {
    /** What clients compute, or what is said in other fields. */
    private static final Set<String> HIDDEN = Set.of(
            "richText",
            "growY",
            "fontSizeAdjustment",
            "textLastEditedBy",
            "segments",
            "isComplete",
            "isPen",
            "scaleX",
            "scaleY",
            "crop");

    private static final Set<String> DRAWN = Set.of("line", "draw", "highlight");
    private static final Set<String> PLACE = Set.of("x", "y");

    private final String type;
    private final List<Field> props;
    private final Map<String, DraftField> changes = new LinkedHashMap<>();
    private final Map<String, DraftField> drafts;

    ShapeKind(String type, Validator props) {
        this.type = type;
        this.props = props instanceof ObjectValidator object ? object.fields() : List.of();
        DraftField.COMMON.forEach(this::add);
        this.props.forEach(this::addProp);
        if (isArrow()) {
            // Where an arrow is, its ends say.
            PLACE.forEach(changes::remove);
            changes.remove("rotation");
            List.of(DraftField.FROM, DraftField.TO, DraftField.START, DraftField.END)
                    .forEach(this::add);
        }
        this.drafts = new LinkedHashMap<>(changes);
        if (isDrawn()) {
            PLACE.forEach(drafts::remove);
        }
    }

    private void add(DraftField field) {
        changes.put(field.name(), field);
    }

    private void addProp(Field prop) {
        String name = prop.name();
        boolean isEnd = isArrow() && (name.equals("start") || name.equals("end"));
        if (name.equals("richText")) {
            add(DraftField.text());
        } else if (isDrawn() && name.equals("segments")) {
            add(DraftField.DRAWN_POINTS);
        } else if (isDrawn() && name.equals("points")) {
            add(DraftField.LINE_POINTS);
        } else if (!isEnd && !HIDDEN.contains(name) && !changes.containsKey(name)) {
            add(DraftField.of(name, prop.validator()));
        }
    }

    String type() {
        return type;
    }

    boolean isArrow() {
        return type.equals("arrow");
    }

    /** Whether it is where its points are. */
    boolean isDrawn() {
        return DRAWN.contains(type);
    }

    /** What may be said of a new one. */
    Map<String, DraftField> drafts() {
        return drafts;
    }

    /** What may be said of one that is there. */
    Map<String, DraftField> changes() {
        return changes;
    }

    /** Whether the record has a property of that name, which is no field that all shapes have. */
    boolean isProp(String name) {
        return DraftField.COMMON.stream().noneMatch(common -> common.name().equals(name))
                && props.stream().anyMatch(prop -> prop.name().equals(name));
    }

    /** The properties of a new one of which nothing has been said. */
    JsonObject defaults() {
        JsonObject.Builder defaults = JsonObject.builder();
        for (Field prop : props) {
            Defaults.of(type, prop).ifPresent(value -> defaults.put(prop.name(), value));
        }
        return defaults.build();
    }

    /** Adds what is wrong with a draft or a change, field by field: unknown ones, and values that cannot be. */
    void check(String path, JsonObject given, Map<String, DraftField> fields, Problems problems) {
        for (Map.Entry<String, JsonValue> member : given.entries()) {
            String name = member.getKey();
            DraftField field = fields.get(name);
            String at = path + '.' + Quoted.bare(name);
            if (field != null) {
                if (member.getValue() != JsonNull.NULL) {
                    field.form().check(at, member.getValue(), problems);
                }
            } else if (!name.equals("type")) {
                problems.add(Problem.of(at, member.getValue(), "no field of " + type)
                        .instead(name, new ArrayList<>(fields.keySet())));
            }
        }
    }
}
