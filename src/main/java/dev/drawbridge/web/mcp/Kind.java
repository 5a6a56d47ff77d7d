package dev.drawbridge.web.mcp;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.RoomId;
import java.util.List;
import java.util.Optional;

/** What an argument may be: as a model is told beforehand, by JSON Schema, and as it is told when it has not listened. */
sealed interface Kind {

    JsonObject schema();

    /** What is expected, when the value is not that. */
    Optional<String> wrong(JsonValue value);

    private static Optional<String> expect(boolean isRight, String expected) {
        return isRight ? Optional.empty() : Optional.of(expected);
    }

    /** The id of a board. */
    record Board() implements Kind {
        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "string")
                    .put("pattern", "^[A-Za-z0-9\\-_.~]{1,200}$")
                    .build();
        }

        @Override
        public Optional<String> wrong(JsonValue value) {
            return expect(
                    value instanceof JsonString(String text) && RoomId.of(text).isPresent(),
                    "the id of a board: " + RoomId.RULE);
        }
    }

    /** Any text of so many characters at most. */
    record Text(int longest) implements Kind {
        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "string")
                    .put("maxLength", longest)
                    .build();
        }

        @Override
        public Optional<String> wrong(JsonValue value) {
            return expect(
                    value instanceof JsonString(String text) && !text.isEmpty() && text.length() <= longest,
                    "a string of 1 to " + longest + " characters");
        }
    }

    /** A whole number. */
    record Whole(int least, int most) implements Kind {
        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "integer")
                    .put("minimum", least)
                    .put("maximum", most)
                    .build();
        }

        @Override
        public Optional<String> wrong(JsonValue value) {
            return expect(
                    value instanceof JsonNumber(double number)
                            && number == Math.rint(number)
                            && number >= least
                            && number <= most,
                    "a whole number from " + least + " to " + most);
        }
    }

    /** True or false. */
    record Flag() implements Kind {
        @Override
        public JsonObject schema() {
            return JsonObject.of("type", JsonString.of("boolean"));
        }

        @Override
        public Optional<String> wrong(JsonValue value) {
            return expect(value instanceof JsonBoolean, "true or false");
        }
    }

    /** An object of four numbers: x, y, w and h. */
    record Area() implements Kind {
        private static final List<String> MEMBERS = List.of("x", "y", "w", "h");
        private static final List<String> SIZES = List.of("w", "h");

        @Override
        public JsonObject schema() {
            JsonObject number = JsonObject.of("type", JsonString.of("number"));
            JsonObject.Builder properties = JsonObject.builder();
            MEMBERS.forEach(member ->
                    properties.put(member, SIZES.contains(member) ? number.with("minimum", JsonNumber.of(0)) : number));
            return JsonObject.builder()
                    .put("type", "object")
                    .put("properties", properties.build())
                    .put("required", texts(MEMBERS))
                    .put("additionalProperties", false)
                    .build();
        }

        @Override
        public Optional<String> wrong(JsonValue value) {
            return expect(
                    value instanceof JsonObject area
                            && area.keys().containsAll(MEMBERS)
                            && area.size() == MEMBERS.size()
                            && area.entries().stream().noneMatch(each -> isNegativeSize(each.getKey(), each.getValue()))
                            && area.entries().stream()
                                    .allMatch(
                                            each -> each.getValue() instanceof JsonNumber number && number.isFinite()),
                    "an object with the numbers x, y, w and h, w and h from 0");
        }

        private static boolean isNegativeSize(String name, JsonValue value) {
            return SIZES.contains(name) && value instanceof JsonNumber(double number) && number < 0;
        }
    }

    /** Some texts. */
    record Texts(int most) implements Kind {
        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "array")
                    .put("items", JsonObject.of("type", JsonString.of("string")))
                    .put("minItems", 1)
                    .put("maxItems", most)
                    .build();
        }

        @Override
        public Optional<String> wrong(JsonValue value) {
            return expect(
                    value instanceof JsonArray(List<JsonValue> items)
                            && !items.isEmpty()
                            && items.size() <= most
                            && items.stream().allMatch(JsonString.class::isInstance),
                    "an array of 1 to " + most + " strings");
        }
    }

    /**
     * Some objects.
     *
     * @param item what the schema says of each; whether each is like that is for others to look at
     */
    record Objects(JsonObject item, int most) implements Kind {
        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "array")
                    .put("items", item)
                    .put("minItems", 1)
                    .put("maxItems", most)
                    .build();
        }

        @Override
        public Optional<String> wrong(JsonValue value) {
            return expect(
                    value instanceof JsonArray(List<JsonValue> items)
                            && !items.isEmpty()
                            && items.size() <= most
                            && items.stream().allMatch(JsonObject.class::isInstance),
                    "an array of 1 to " + most + " objects");
        }
    }

    /** Texts as an array. */
    static JsonArray texts(List<String> texts) {
        return new JsonArray(texts.stream().<JsonValue>map(JsonString::of).toList());
    }
}
