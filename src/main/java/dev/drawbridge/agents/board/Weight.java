package dev.drawbridge.agents.board;

import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import java.util.List;

/** How much is said in a value: its characters, and something for each value in it. */
final class Weight {
    private static final int A_VALUE = 5;

    private Weight() {}

    /** What is nested comes from a parser that bounds the depth. */
    static long of(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> A_VALUE + text.length();
            case JsonArray(List<JsonValue> items) ->
                A_VALUE + items.stream().mapToLong(Weight::of).sum();
            case JsonObject object ->
                A_VALUE
                        + object.entries().stream()
                                .mapToLong(member -> member.getKey().length() + of(member.getValue()))
                                .sum();
            default -> A_VALUE;
        };
    }
}
