package dev.drawbridge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.Membership;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The other nodes that a node knows")
class NodesTest {
    private final Nodes nodes = new Nodes();

    private void roll(NodeCard... cards) {
        Map<String, byte[]> others = new HashMap<>();
        for (NodeCard each : cards) {
            others.put(each.nodeId(), each.encode());
        }
        nodes.update(new Membership.Roll(true, others, "history"));
    }

    private List<String> known() {
        return nodes.others().stream().map(NodeCard::nodeId).toList();
    }

    @Test
    @DisplayName("are those of the last heartbeat, in the order of their ids, with what they say of themselves")
    void last() {
        assertThat(known()).isEmpty();
        NodeCard full = new NodeCard(
                "b",
                "fd00::7",
                7_070,
                8_443,
                true,
                "1.2 \"ü\"",
                Instant.ofEpochMilli(1_700_000_000_123L),
                3,
                4,
                5,
                6,
                0.123,
                true,
                List.of("a", "c"));
        roll(Cards.card("c", 0.5), full);
        assertThat(known()).containsExactly("b", "c");
        assertThat(nodes.find("b")).contains(full);
        roll(Cards.card("c", 0.25));
        assertThat(known()).containsExactly("c");
        assertThat(nodes.find("c")).map(NodeCard::load).contains(0.25);
        assertThat(nodes.find("b")).isEmpty();
    }

    @Test
    @DisplayName(
            "lack one that is known to be gone before the heartbeat tells, and have it again when that still tells of it")
    void forgotten() {
        roll(Cards.card("b", 0), Cards.card("c", 0));
        nodes.forget("b");
        nodes.forget("nobody");
        assertThat(known()).containsExactly("c");
        roll(Cards.card("b", 0), Cards.card("c", 0));
        assertThat(known()).containsExactly("b", "c");
    }

    @Test
    @DisplayName("may have the same address: one that has gone in a hurry, and one that was started in its place")
    void sameAddress() {
        roll(Cards.card("before", 0), Cards.card("after", 0));
        assertThat(known()).containsExactly("after", "before");
        assertThat(nodes.others()).extracting(NodeCard::port).containsExactly(7_070, 7_070);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "null", "7", "{}", "{\"host\":7,\"port\":1}", "\u0000\u0001", "{\"port\":7070}"})
    @DisplayName("lack one whose card cannot be read, and none else")
    void unreadable(String card) {
        nodes.update(new Membership.Roll(
                true,
                Map.of(
                        "b",
                        card.getBytes(StandardCharsets.UTF_8),
                        "c",
                        Cards.card("c", 0).encode()),
                "history"));
        assertThat(known()).containsExactly("c");
    }

    @Test
    @DisplayName(
            "may be of another release, with more on their cards, or less, or something else than is expected there")
    void otherRelease() {
        String newer = """
                {"host":"pod-7","port":7071,"color":{"deep":[1,2]},"links":["a",7,null],"load":0.5,"rooms":"many","version":9}""";
        nodes.update(new Membership.Roll(true, Map.of("b", newer.getBytes(StandardCharsets.UTF_8)), "history"));
        assertThat(nodes.find("b")).hasValueSatisfying(card -> {
            assertThat(card.host()).isEqualTo("pod-7");
            assertThat(card.port()).isEqualTo(7_071);
            assertThat(card.links()).containsExactly("a");
            assertThat(card.load()).isEqualTo(0.5);
            assertThat(card.rooms()).isZero();
            assertThat(card.webPort()).as("none is known").isZero();
            assertThat(card.draining()).isFalse();
        });
    }
}
