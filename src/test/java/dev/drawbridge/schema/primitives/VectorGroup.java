package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.schema.Vectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The vectors of one kind in a file of {@code primitives}; a check runs over all of them and then says which failed. */
record VectorGroup(String name, List<JsonObject> vectors) {

    static Stream<VectorGroup> of(String file, Function<JsonObject, @Nullable String> group) {
        Map<String, List<JsonObject>> groups = new LinkedHashMap<>();
        for (JsonValue vector : ((JsonArray) member(Vectors.load("primitives", file), "cases")).items()) {
            JsonObject object = (JsonObject) vector;
            groups.computeIfAbsent(Objects.requireNonNull(group.apply(object)), name -> new ArrayList<>())
                    .add(object);
        }
        return groups.entrySet().stream().map(entry -> new VectorGroup(entry.getKey(), entry.getValue()));
    }

    /** The kind of a vector, which its id begins with. */
    static String kind(JsonObject vector) {
        String id = ((JsonString) member(vector, "id")).value();
        return id.substring(0, id.indexOf('#'));
    }

    static JsonValue member(JsonObject object, String key) {
        return Objects.requireNonNull(object.get(key), () -> "no " + key + " in " + object);
    }

    static double number(JsonObject object, String key) {
        return ((JsonNumber) member(object, key)).value();
    }

    void check(Consumer<JsonObject> check) {
        List<String> failures = new ArrayList<>();
        for (JsonObject vector : vectors) {
            try {
                check.accept(vector);
            } catch (AssertionError | RuntimeException e) {
                failures.add(vector + "\n" + e);
            }
        }
        assertThat(failures)
                .as("%d of %d vectors of %s failed", failures.size(), vectors.size(), name)
                .isEmpty();
    }

    @Override
    public String toString() {
        return name + ": " + vectors.size() + " vectors";
    }
}
