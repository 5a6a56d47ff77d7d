package dev.drawbridge.cluster;

import static dev.drawbridge.cluster.Cards.card;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The place of a room that nobody has open")
class PlacementTest {
    private static final int TIMES = 3_000;

    /** How often which node is chosen. */
    private static Map<String, Integer> chosen(double ownLoad, List<NodeCard> others, boolean anyway) {
        Placement placement = new Placement(new Random(7));
        Map<String, Integer> chosen = new TreeMap<>();
        for (int i = 0; i < TIMES; i++) {
            String node = placement
                    .better(ownLoad, others, anyway)
                    .map(NodeCard::nodeId)
                    .orElse("here");
            chosen.merge(node, 1, Integer::sum);
        }
        return chosen;
    }

    @ParameterizedTest
    @CsvSource({
        "1.0,   0.0,   true",
        "0.75,  0.25,  true",
        "0.5,   0.249, true",
        "0.5,   0.25,  false",
        "0.5,   0.251, false",
        "0.5,   0.5,   false",
        "0.0,   0.0,   false",
        "0.2,   0.0,   false",
        "0.25,  0.0,   false",
        "0.251, 0.0,   true",
        "0.0,   1.0,   false"
    })
    @DisplayName("is another node than the one that was asked only when that is busier by more than a quarter")
    void clearly(double own, double other, boolean isElsewhere) {
        assertThat(chosen(own, List.of(card("b", other)), false)).containsOnlyKeys(isElsewhere ? "b" : "here");
    }

    @Test
    @DisplayName("is no node that drains, however idle that is; when all others do it is the one that was asked")
    void draining() {
        NodeCard idle = Cards.draining("b", 0);
        List<NodeCard> all = List.of(idle, Cards.draining("c", 0));
        assertThat(chosen(1, all, false)).containsOnlyKeys("here");
        assertThat(new Placement(new Random(1)).better(1, all, true)).isEmpty();
        assertThat(chosen(1, List.of(idle, card("c", 0.9)), true)).containsOnlyKeys("c");
        assertThat(chosen(1, List.of(idle, card("c", 0.9)), false)).containsOnlyKeys("here");
    }

    @Test
    @DisplayName("is nowhere else when there is no other node")
    void alone() {
        Placement placement = new Placement(new Random(1));
        assertThat(placement.better(1, List.of(), false)).isEmpty();
        assertThat(placement.better(1, List.of(), true)).isEmpty();
    }

    @Test
    @DisplayName("is the better of two by chance, so that not all of them flock to the most idle one")
    void powerOfTwo() {
        List<NodeCard> others = List.of(card("b", 0), card("c", 0.1), card("d", 0.2), card("e", 0.3));
        Map<String, Integer> chosen = chosen(1, others, true);
        // The best of n is one of the two in 1 - ((n - 1) / n)² of all cases, and so on: 7, 5, 3 and 1 of 16.
        assertThat(chosen.get("b")).isBetween(share(7) - 100, share(7) + 100);
        assertThat(chosen.get("c")).isBetween(share(5) - 100, share(5) + 100);
        assertThat(chosen.get("d")).isBetween(share(3) - 100, share(3) + 100);
        assertThat(chosen.get("e")).isBetween(share(1) - 100, share(1) + 100);
    }

    private static int share(int sixteenths) {
        return TIMES * sixteenths / 16;
    }

    @Test
    @DisplayName("is any of those that are as busy as each other, as often")
    void ties() {
        List<NodeCard> others = IntStream.range(0, 5)
                .mapToObj(i -> card("n" + i, 0.4))
                .collect(Collectors.toCollection(ArrayList::new));
        assertThat(chosen(1, others, false).values()).hasSize(5).allSatisfy(times -> assertThat(times)
                .isBetween(TIMES / 5 - 100, TIMES / 5 + 100));
    }

    @Test
    @DisplayName("is where it was asked for when neither of the two is clearly less busy, though a third one is")
    void looksAtTwo() {
        List<NodeCard> others = new ArrayList<>(List.of(card("idle", 0)));
        IntStream.range(0, 9).forEach(i -> others.add(card("busy" + i, 0.8)));
        Map<String, Integer> chosen = chosen(0.9, others, false);
        assertThat(chosen).containsOnlyKeys("idle", "here");
        assertThat(chosen.get("idle")).isBetween(TIMES * 19 / 100 - 100, TIMES * 19 / 100 + 100);
    }

    @Test
    @DisplayName("is the same again with the same chance")
    void repeatable() {
        List<NodeCard> others = List.of(card("b", 0.1), card("c", 0.1), card("d", 0.1));
        Function<Placement, List<String>> hundred = placement -> IntStream.range(0, 100)
                .mapToObj(i -> placement.better(1, others, false).orElseThrow().nodeId())
                .toList();
        assertThat(hundred.apply(new Placement(new Random(3)))).isEqualTo(hundred.apply(new Placement(new Random(3))));
    }
}
