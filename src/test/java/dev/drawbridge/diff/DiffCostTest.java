package dev.drawbridge.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.Cost;
import dev.drawbridge.json.CountedObject;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.SmallStack;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Issue 10, point 1: whatever a client makes costs what it is worth. */
@DisplayName("[§21.6] A diff costs what its record is large")
class DiffCostTest {

    private static JsonObject record(JsonValue meta) {
        return JsonObject.of("meta", JsonObject.of("a", meta));
    }

    private static JsonValue nested(int depth, JsonValue innermost) {
        JsonValue value = innermost;
        for (int i = 0; i < depth; i++) {
            value = JsonArray.of(value);
        }
        return value;
    }

    /** How often what is innermost is gone through when it has changed. */
    private static int walks(int depth) {
        CountedObject prev = new CountedObject("x", JsonNumber.of(1));
        CountedObject next = new CountedObject("x", JsonNumber.of(2));
        RecordDiffer.STRING_APPENDS.diff(record(nested(depth, prev.object())), record(nested(depth, next.object())));
        return prev.walks() + next.walks();
    }

    @Test
    @DisplayName("[§6.4] what changed inside arrays of arrays is looked at as often at any depth")
    void nestedArrays() {
        assertThat(walks(400)).isEqualTo(walks(1)).isPositive();
    }

    @Test
    @DisplayName("[§6] many members, many items and long texts: four times as much costs four times as much")
    void wide() {
        Cost.assertLinear(5_000, size -> {
            JsonObject prev = record(members(size, 1));
            JsonObject next = record(members(size, 2));
            return () -> RecordDiffer.STRING_APPENDS.diff(prev, next).toJson();
        });
        Cost.assertLinear(5_000, size -> {
            JsonObject prev = record(items(size));
            JsonObject next = record(items(size + size / 2));
            return () -> RecordDiffer.STRING_APPENDS.diff(prev, next).toJson();
        });
        Cost.assertLinear(100_000, size -> {
            JsonObject prev = record(JsonString.of("a".repeat(size)));
            JsonObject next = record(JsonString.of("a".repeat(2 * size)));
            return () -> RecordDiffer.STRING_APPENDS.diff(prev, next).toJson();
        });
    }

    @Test
    @DisplayName("[§5] a pushed diff is read, applied and compared for what it takes, wide or deep")
    void applied() {
        Cost.assertLinear(
                5_000,
                size -> applying(
                        record(members(size, 1)),
                        "{\"meta\":[\"patch\",{\"a\":[\"patch\"," + ops(size, "[\"put\",2]") + "]}]}"));
        Cost.assertLinear(
                5_000,
                size -> applying(
                        record(items(size)),
                        "{\"meta\":[\"patch\",{\"a\":[\"patch\"," + indexed(size, "[\"put\",2]") + "]}]}"));
        Cost.assertLinear(
                50,
                depth -> applying(
                        record(nested(depth, JsonNumber.of(1))),
                        "{\"meta\":[\"patch\",{\"a\":" + "[\"patch\",{\"0\":".repeat(depth) + "[\"put\",2]"
                                + "}]".repeat(depth) + "}]}"));
    }

    @Test
    @DisplayName("[§5] the deepest diff is read, applied, computed and written on a small stack")
    void smallStack() throws Exception {
        int depth = Json.MAX_DEPTH / 2 - 2;
        String text = "{\"meta\":[\"patch\",{\"a\":" + "[\"patch\",{\"0\":".repeat(depth) + "[\"put\",2]"
                + "}]".repeat(depth) + "}]}";
        JsonObject before = record(nested(depth, JsonNumber.of(1)));
        assertThat(SmallStack.call(() -> {
                    ObjectDiff diff = ObjectDiff.read(Json.parse(text));
                    JsonObject after = diff.applyTo(before);
                    return RecordDiffer.STRING_APPENDS
                            .diff(before, after)
                            .toJson()
                            .equals(diff.toJson());
                }))
                .isTrue();
    }

    private static Runnable applying(JsonObject record, String diff) {
        return () -> {
            try {
                ObjectDiff read = ObjectDiff.read(Json.parse(diff, Json.MAX_DEPTH));
                JsonObject after = read.applyTo(record);
                assertThat(RecordDiffer.STRING_APPENDS.diff(record, after).toJson())
                        .isNotNull();
            } catch (JsonException | MalformedDiffException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static JsonObject members(int count, double value) {
        JsonObject.Builder members = JsonObject.builder();
        IntStream.range(0, count).forEach(i -> members.put("k" + i, value));
        return members.build();
    }

    private static JsonArray items(int count) {
        return new JsonArray(IntStream.range(0, count)
                .<JsonValue>mapToObj(i -> JsonNumber.of(1))
                .toList());
    }

    private static String ops(int count, String op) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + op)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String indexed(int count, String op) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + i + "\":" + op)
                .collect(Collectors.joining(",", "{", "}"));
    }
}
