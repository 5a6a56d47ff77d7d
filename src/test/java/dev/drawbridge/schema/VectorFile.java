package dev.drawbridge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One file of vectors. All of its cases are run, and then it is said which of them failed. */
record VectorFile(String name, JsonObject content) {
    private static final int SHOWN = 5;

    /** What one case says when the schema does not agree with it; nothing when it does. */
    @FunctionalInterface
    interface Check {
        @Nullable
        String disagreement(JsonObject vector) throws Exception;
    }

    static Stream<VectorFile> in(String folder) {
        return Vectors.files(folder).stream().map(name -> new VectorFile(name, Vectors.load(folder, name)));
    }

    /** The cases, in files that hold a list of them. */
    List<JsonObject> cases() {
        return objects(member(content, "cases"));
    }

    static List<JsonObject> objects(JsonValue array) {
        return ((JsonArray) array).items().stream().map(JsonObject.class::cast).toList();
    }

    static JsonValue member(JsonObject object, String key) {
        return Objects.requireNonNull(object.get(key), () -> "no " + key + " in " + object);
    }

    static JsonObject object(JsonObject object, String key) {
        return (JsonObject) member(object, key);
    }

    static String text(JsonObject object, String key) {
        return ((JsonString) member(object, key)).value();
    }

    static boolean isTrue(JsonObject object, String key) {
        return object.get(key) instanceof JsonBoolean(boolean value) && value;
    }

    void check(List<JsonObject> vectors, Check check) {
        List<String> disagreements = new ArrayList<>();
        for (JsonObject vector : vectors) {
            String disagreement;
            try {
                disagreement = check.disagreement(vector);
            } catch (Exception | AssertionError | StackOverflowError e) {
                disagreement = "unexpected " + e;
            }
            if (disagreement != null) {
                disagreements.add(vector.get("id") + ": " + disagreement);
            }
        }
        int passed = vectors.size() - disagreements.size();
        System.out.printf("%s: %d of %d vectors agree%n", name, passed, vectors.size());
        assertThat(vectors).isNotEmpty();
        assertThat(disagreements.stream().limit(SHOWN))
                .as("%s: %d of %d vectors disagree", name, disagreements.size(), vectors.size())
                .isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
