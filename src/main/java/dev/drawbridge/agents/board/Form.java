package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonBoolean;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.List;

/** What may stand in a field of a draft. */
sealed interface Form {

    /** Adds what is wrong with a value. */
    void check(String path, JsonValue value, Problems problems);

    /** What JSON Schema says of it. */
    JsonObject schema();

    record Amount(double least, double most) implements Form {
        /** As far as tldraw draws without losing precision that one can see. */
        static final Amount POSITION = new Amount(-1_000_000, 1_000_000);

        @Override
        public void check(String path, JsonValue value, Problems problems) {
            if (!(value instanceof JsonNumber(double number)) || !(number >= least && number <= most)) {
                problems.add(path, value, "expected a number from " + Words.exact(least) + " to " + Words.exact(most));
            }
        }

        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "number")
                    .put("minimum", least)
                    .put("maximum", most)
                    .build();
        }
    }

    record Text(int longest) implements Form {

        @Override
        public void check(String path, JsonValue value, Problems problems) {
            if (!(value instanceof JsonString(String text))) {
                problems.add(path, value, "expected a text");
            } else if (text.length() > longest) {
                problems.add(path, value, "expected a text of at most " + longest + " characters");
            } else {
                int half = Words.halfPair(text);
                if (half >= 0) {
                    problems.add(path, value, "half of a surrogate pair stands alone at character " + half);
                }
            }
        }

        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "string")
                    .put("maxLength", longest)
                    .build();
        }
    }

    record Flag() implements Form {

        @Override
        public void check(String path, JsonValue value, Problems problems) {
            if (!(value instanceof JsonBoolean)) {
                problems.add(path, value, "expected true or false");
            }
        }

        @Override
        public JsonObject schema() {
            return JsonObject.builder().put("type", "boolean").build();
        }
    }

    record Choice(List<JsonValue> values) implements Form {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public void check(String path, JsonValue value, Problems problems) {
            if (!values.contains(value)) {
                String wanted = value instanceof JsonString(String text) ? text : "";
                List<String> allowed = values.stream()
                        .map(each -> each instanceof JsonString(String text) ? text : each.toString())
                        .toList();
                problems.add(
                        Problem.of(path, value, "not one of the allowed values").instead(wanted, allowed));
            }
        }

        @Override
        public JsonObject schema() {
            return JsonObject.of("enum", new JsonArray(values));
        }
    }

    /** A point, as an object with x and y or an array of both. */
    record Place() implements Form {

        @Override
        public void check(String path, JsonValue value, Problems problems) {
            switch (value) {
                case JsonObject object
                when object.size() == 2 && object.has("x") && object.has("y") -> {
                    for (var member : object.entries()) {
                        Amount.POSITION.check(path + '.' + member.getKey(), member.getValue(), problems);
                    }
                }
                case JsonArray(List<JsonValue> items)
                when items.size() == 2 -> {
                    Amount.POSITION.check(path + "[0]", items.get(0), problems);
                    Amount.POSITION.check(path + "[1]", items.get(1), problems);
                }
                default -> problems.add(path, value, "expected a point, as {\"x\": 0, \"y\": 0} or [0, 0]");
            }
        }

        /** The point that such a value is. */
        static Spot of(JsonValue value) {
            return switch (value) {
                case JsonObject object -> Spot.of(object);
                case JsonArray(List<JsonValue> items)
                when items.size() == 2
                        && items.get(0) instanceof JsonNumber(double x)
                        && items.get(1) instanceof JsonNumber(double y) -> new Spot(x, y);
                default -> throw new IllegalArgumentException("not checked");
            };
        }

        @Override
        public JsonObject schema() {
            JsonObject axis = Amount.POSITION.schema();
            return JsonObject.builder()
                    .put("type", "object")
                    .put(
                            "properties",
                            JsonObject.builder().put("x", axis).put("y", axis).build())
                    .put("required", JsonArray.of(JsonString.of("x"), JsonString.of("y")))
                    .build();
        }
    }

    record Places(int fewest, int most) implements Form {
        private static final Place EACH = new Place();

        @Override
        public void check(String path, JsonValue value, Problems problems) {
            if (!(value instanceof JsonArray(List<JsonValue> items)) || items.size() < fewest || items.size() > most) {
                problems.add(path, value, "expected an array of " + fewest + " to " + most + " points");
                return;
            }
            for (int i = 0; i < items.size(); i++) {
                EACH.check(path + '[' + i + ']', items.get(i), problems);
            }
        }

        @Override
        public JsonObject schema() {
            return JsonObject.builder()
                    .put("type", "array")
                    .put("minItems", fewest)
                    .put("maxItems", most)
                    .put("items", EACH.schema())
                    .build();
        }
    }

    /** An object of anything. */
    record Members() implements Form {

        @Override
        public void check(String path, JsonValue value, Problems problems) {
            if (!(value instanceof JsonObject)) {
                problems.add(path, value, "expected an object");
            }
        }

        @Override
        public JsonObject schema() {
            return JsonObject.builder().put("type", "object").build();
        }
    }

    /** Whatever the server's schema takes: it is asked when the record is made. */
    record Anything() implements Form {

        @Override
        public void check(String path, JsonValue value, Problems problems) {}

        @Override
        public JsonObject schema() {
            return JsonObject.EMPTY;
        }
    }
}
