package dev.drawbridge.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventScannerTest {
    private static final String DATA = """
            {"type":"data","data":[{"type":"patch","diff":{"instance_presence:p1":["patch",{"lastActivityTimestamp":\
            ["put",1700000000123],"cursor":["put",{"x":1.25,"y":2,"rotation":0,"type":"default"}]}]},"serverClock":7},\
            {"type":"push_result","clientClock":1000004,"serverClock":8,"action":"commit"},\
            {"type":"patch","diff":{"shape:a":["patch",{"x":["put",3],"meta":["patch",{"t":["put",1700000000456]}]}],\
            "instance_presence:p2":["put",{"typeName":"instance_presence","lastActivityTimestamp":1700000000789}]},\
            "serverClock":9},{"type":"push_result","clientClock":1000005,"serverClock":9,"action":"discard"},\
            {"type":"push_result","clientClock":1000006,"serverClock":9,"action":{"rebaseWithDiff":{}}}]}""";

    private static final List<String> FOUND = List.of(
            "presence 1700000000123",
            "event",
            "result",
            "answered 1000004",
            "event",
            "commit",
            "document 1700000000456",
            "presence 1700000000789",
            "event",
            "result",
            "answered 1000005",
            "event",
            "discard",
            "result",
            "answered 1000006",
            "event",
            "rebase");

    private final Heard heard = new Heard();
    private final EventScanner scanner = new EventScanner(heard);

    @Test
    @DisplayName("finds events, results, verdicts and the times that clients have sent")
    void finds() {
        byte[] bytes = bytes(DATA);

        assertThat(scanner.scan(bytes, 0, bytes.length, true)).isEqualTo(bytes.length);
        assertThat(heard.found).isEqualTo(FOUND);
    }

    @Test
    @DisplayName("finds the same, once each, wherever the message is cut")
    void cutAnywhere() {
        byte[] bytes = bytes(DATA);
        for (int cut = 0; cut <= bytes.length; cut++) {
            heard.found.clear();
            int taken = scanner.scan(bytes, 0, cut, false);
            assertThat(cut - taken).as("is to be given again").isBetween(0, EventScanner.LONGEST);
            scanner.scan(bytes, taken, bytes.length, true);
            assertThat(heard.found).as("cut at %d", cut).isEqualTo(FOUND);
        }
    }

    @Test
    @DisplayName("does not read beyond the message, whatever follows it in memory")
    void staysInside() {
        byte[] bytes = bytes("{\"a\":\"\"pong\"");

        scanner.scan(bytes, 0, bytes.length - 6, true);
        scanner.scan(bytes(""), 0, 0, true);

        assertThat(heard.found).isEmpty();
    }

    @Test
    @DisplayName("reads a time however a server writes the number")
    void numbers() {
        byte[] bytes = bytes(
                "{\"lastActivityTimestamp\":1.700000000123E12}{\"lastActivityTimestamp\":[\"put\",1700000000123.0]}");

        scanner.scan(bytes, 0, bytes.length, true);

        assertThat(heard.found).containsExactly("presence 1700000000123", "presence 1700000000123");
    }

    @Test
    @DisplayName("a pong is a pong, and other names that begin alike are nothing")
    void others() {
        byte[] bytes = bytes(
                "{\"type\":\"pong\"}{\"serverClockwork\":1,\"push_results\":2,\"t\":5,\"commits\":3,\"x\":\"l\"}");

        scanner.scan(bytes, 0, bytes.length, true);

        assertThat(heard.found).containsExactly("pong");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static final class Heard implements EventScanner.Sink {
        private final List<String> found = new ArrayList<>();

        @Override
        public void event() {
            found.add("event");
        }

        @Override
        public void result() {
            found.add("result");
        }

        @Override
        public void presence(long sentAt) {
            found.add("presence " + sentAt);
        }

        @Override
        public void document(long sentAt) {
            found.add("document " + sentAt);
        }

        @Override
        public void answered(long clientClock) {
            found.add("answered " + clientClock);
        }

        @Override
        public void commit() {
            found.add("commit");
        }

        @Override
        public void discard() {
            found.add("discard");
        }

        @Override
        public void rebase() {
            found.add("rebase");
        }

        @Override
        public void pong() {
            found.add("pong");
        }
    }
}
