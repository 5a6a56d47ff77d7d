package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonValue;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("[issue 10, A2] What a message is said to cost")
class MessageCostTest {

    static Stream<String> messages() {
        return Stream.of(
                many("{\"\":0}"),
                many("[]"),
                many("{}"),
                many("[[]]"),
                many("0"),
                many("true"),
                many("\"\""),
                many("\"a word\""),
                many("{\"a\":{\"b\":{\"c\":[1,2,3]}}}"),
                "{\"a\":\"" + "x".repeat(1_000_000) + "\"}",
                "{\"a\":\"" + "é".repeat(1_000_000) + "\"}",
                members(),
                many(
                        "{\"x\":100.5,\"y\":200.25,\"rotation\":0,\"index\":\"a1\",\"parentId\":\"page:page\",\"isLocked\":false}"));
    }

    private static String many(String item) {
        return "[" + (item + ",").repeat(200_000 / item.length()) + item + "]";
    }

    private static String members() {
        StringBuilder object = new StringBuilder("{\"k\":0");
        for (int i = 0; i < 50_000; i++) {
            object.append(",\"").append(Integer.toString(i, 36)).append("\":0");
        }
        return object.append('}').toString();
    }

    @ParameterizedTest
    @MethodSource("messages")
    @DisplayName("is no less than the memory that its tree holds")
    void coversTheTree(String message) throws JsonException {
        JsonValue warm = Json.parse(message);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        long before = threads.getThreadAllocatedBytes(thread);
        JsonValue tree = Json.parse(message);
        long allocated = threads.getThreadAllocatedBytes(thread) - before;

        assertThat(tree).isEqualTo(warm);
        // Part of what is allocated is garbage before the tree is there: buffers and lists that grow.
        assertThat(MessageCost.of(message))
                .as("%d bytes were allocated for %d characters", allocated, message.length())
                .isGreaterThan(allocated / 2);
    }
}
