package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of shapes that a server's schema has, a team's own among them, and what may be drafted of each. What is allowed
 * is read from the schema, not listed again. It is immutable: one is enough for a server.
 */
public final class ShapeKinds {
    private final StoreSchema schema;
    private final Map<String, ShapeKind> kinds = new LinkedHashMap<>();

    private ShapeKinds(StoreSchema schema) {
        this.schema = schema;
        schema.recordType("shape")
                .map(RecordType::propsBySubtype)
                .orElse(Map.of())
                .forEach((type, props) -> kinds.put(type, new ShapeKind(type, props)));
    }

    public static ShapeKinds of(StoreSchema schema) {
        return new ShapeKinds(schema);
    }

    Optional<ShapeKind> kind(String type) {
        return Optional.ofNullable(kinds.get(type));
    }

    List<String> types() {
        return List.copyOf(kinds.keySet());
    }

    /** Whether it is a value of the style that says which figure a geo is: a word that is often taken for a type. */
    boolean isFigure(String word) {
        return kind("geo")
                .map(geo -> geo.drafts().get("geo"))
                .map(DraftField::form)
                .filter(form ->
                        form instanceof Form.Choice(List<JsonValue> values) && values.contains(JsonString.of(word)))
                .isPresent();
    }

    void validate(JsonObject record) throws ValidationException {
        schema.validate(null, record);
    }

    /** JSON Schema of what {@link BoardEditor#create} takes, for one shape. */
    public JsonObject draftSchema() {
        Map<String, JsonObject> properties = new LinkedHashMap<>();
        properties.put("type", typeSchema());
        properties.putAll(union(true));
        return object(properties, "type");
    }

    /** JSON Schema of what {@link BoardEditor#update} takes, for one shape. */
    public JsonObject changeSchema() {
        return object(union(false), "id");
    }

    /** JSON Schema of what {@link BoardEditor#connect} takes, for one arrow. */
    public JsonObject connectionSchema() {
        Map<String, JsonObject> properties = new LinkedHashMap<>();
        kind("arrow")
                .ifPresent(
                        arrow -> arrow.drafts().values().forEach(field -> properties.put(field.name(), schema(field))));
        return object(properties);
    }

    private JsonObject typeSchema() {
        List<JsonValue> types = new ArrayList<>();
        kinds.keySet().forEach(type -> types.add(JsonString.of(type)));
        return new Form.Choice(types)
                .schema()
                .with("description", JsonString.of("The kind of shape. Rectangles, ellipses and the like are geo."));
    }

    /** The fields of all kinds. One that several kinds have allows what any of them does. */
    private Map<String, JsonObject> union(boolean drafts) {
        Map<String, DraftField> fields = new LinkedHashMap<>();
        Map<String, List<String>> owners = new LinkedHashMap<>();
        for (ShapeKind kind : kinds.values()) {
            for (DraftField field : (drafts ? kind.drafts() : kind.changes()).values()) {
                fields.merge(field.name(), field, ShapeKinds::either);
                owners.computeIfAbsent(field.name(), none -> new ArrayList<>()).add(kind.type());
            }
        }
        Map<String, JsonObject> properties = new LinkedHashMap<>();
        fields.forEach((name, field) -> {
            List<String> of = owners.getOrDefault(name, List.of());
            boolean common =
                    DraftField.COMMON.stream().anyMatch(each -> each.name().equals(name));
            String about = common ? field.about() : field.about() + " For: " + String.join(", ", of) + '.';
            properties.put(name, schema(new DraftField(name, field.form(), about.strip())));
        });
        return properties;
    }

    private static DraftField either(DraftField one, DraftField other) {
        if (one.form().equals(other.form())) {
            return one;
        }
        if (one.form() instanceof Form.Choice(List<JsonValue> values)
                && other.form() instanceof Form.Choice(List<JsonValue> others)) {
            List<JsonValue> all = new ArrayList<>(values);
            others.stream().filter(value -> !all.contains(value)).forEach(all::add);
            return new DraftField(one.name(), new Form.Choice(all), one.about());
        }
        if (one.form() instanceof Form.Places(int fewest, int most)
                && other.form() instanceof Form.Places(int otherFewest, int otherMost)) {
            Form widest = new Form.Places(Math.min(fewest, otherFewest), Math.max(most, otherMost));
            return new DraftField(one.name(), widest, one.about());
        }
        return new DraftField(one.name(), new Form.Anything(), one.about());
    }

    private static JsonObject schema(DraftField field) {
        JsonObject schema = field.form().schema();
        if (field.name().equals("from") || field.name().equals("to")) {
            schema = schema.with("type", JsonArray.of(JsonString.of("string"), JsonString.of("null")));
        }
        return field.about().isEmpty() ? schema : schema.with("description", JsonString.of(field.about()));
    }

    private static JsonObject object(Map<String, JsonObject> properties, String... required) {
        List<JsonValue> names = new ArrayList<>();
        for (String name : required) {
            names.add(JsonString.of(name));
        }
        return JsonObject.builder()
                .put("type", "object")
                .put("properties", JsonObject.copyOf(properties))
                .put("required", new JsonArray(names))
                .put("additionalProperties", JsonBoolean.FALSE)
                .build();
    }
}
