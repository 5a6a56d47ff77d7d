package dev.drawbridge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.Cost;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Issue 10, point 1: whatever a client makes costs what it is worth. */
@DisplayName("[§21.6] JSON costs what it is long")
class JsonCostTest {

    private static JsonValue parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static String nested(int depth, String innermost) {
        return "[".repeat(depth) + innermost + "]".repeat(depth);
    }

    private static String members(int count, String value) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"k" + i + "\":" + value)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Test
    @DisplayName("each item of an array is mapped once, whichever of them changes")
    void mappedOnce() {
        JsonArray items = new JsonArray(Collections.nCopies(100, JsonNumber.of(1)));
        AtomicInteger mapped = new AtomicInteger();

        JsonArray result = items.map(item -> mapped.incrementAndGet() == 50 ? JsonNull.NULL : item);

        assertThat(mapped).hasValue(100);
        assertThat(result.items().indexOf(JsonNull.NULL)).isEqualTo(49);
        assertThat(result.size()).isEqualTo(100);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // it took for ever
    @DisplayName("an overflowing number 500 arrays deep becomes null in one walk: 200 bytes hung a room")
    void deepOverflow() {
        JsonValue deep = parsed("{\"a\":" + nested(Json.MAX_DEPTH - 1, "1e400") + "}");

        assertThat(deep.finite().toString()).isEqualTo("{\"a\":" + nested(Json.MAX_DEPTH - 1, "null") + "}");
        Cost.assertLinear(120, depth -> {
            JsonValue value = parsed(nested(depth, "1e400"));
            return value::finite;
        });
    }

    @Test
    @DisplayName("20,000 overflowing members become null with one copy of their object")
    void wideOverflow() {
        assertThat(parsed(members(20_000, "1e400")).finite()).isEqualTo(parsed(members(20_000, "null")));
        Cost.assertLinear(5_000, count -> {
            JsonValue value = parsed(members(count, "1e400"));
            return value::finite;
        });
    }

    @Test
    @DisplayName("a number of any length is read for what its text takes")
    void longNumbers() {
        for (String shape : new String[] {"%s", "0.%s", "1.%s1e-5", "1e%s", "0.0%se99", "-%s.5"}) {
            Cost.assertLinear(100_000, digits -> {
                String text = shape.formatted("7".repeat(digits));
                return () -> parsed(text);
            });
        }
    }

    @Test
    @DisplayName("names, whose hashes collide, or that are new each time, are read for what their text takes")
    void manyNames() {
        Cost.assertLinear(10_000, count -> {
            String text = members(count, "0");
            return () -> parsed(text);
        });
        Cost.assertLinear(1_000, count -> {
            String text = IntStream.range(0, count)
                    .mapToObj(JsonCostTest::colliding)
                    .collect(Collectors.joining("\":0,\"", "{\"", "\":0}"));
            return () -> parsed(text);
        });
    }

    /** All of these have the same hash: "Aa" and "BB" have. */
    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < 16; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    @Test
    @DisplayName(
            "nothing of a text is kept once its value is gone: names of megabytes were, for the life of the process")
    void nothingKept() {
        WeakReference<String> name = new WeakReference<>(((JsonObject) parsed("{\"" + "n".repeat(1_000_000) + "\":1}"))
                .keys()
                .iterator()
                .next());

        await().untilAsserted(() -> {
            System.gc();
            assertThat(name.get()).isNull();
        });
    }

    @Test
    @DisplayName("the deepest value is read, compared, hashed, mapped and written on a small stack")
    void smallStack() throws Exception {
        String arrays = nested(Json.MAX_DEPTH, "1e400");
        String objects = "{\"a\":".repeat(Json.MAX_DEPTH) + "1e400" + "}".repeat(Json.MAX_DEPTH);
        for (String text : new String[] {arrays, objects}) {
            String written = SmallStack.call(() -> {
                JsonValue value = Json.parse(text);
                JsonValue same = Json.parse(text);
                assertThat(value.equals(same)).isTrue();
                assertThat(value.hashCode()).isEqualTo(same.hashCode());
                return Json.write(value.finite());
            });
            assertThat(written).isEqualTo(text.replace("1e400", "null"));
        }
    }
}
