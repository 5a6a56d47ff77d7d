package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Index keys")
class IndexKeysTest {

    @Test
    @DisplayName("begin with a1 and get longer when the digits are used up")
    void first() {
        List<String> keys = IndexKeys.firstKeys(4000);
        assertThat(keys).startsWith("a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "aA", "aB");
        assertThat(keys.subList(34, 37)).containsExactly("aZ", "aa", "ab");
        assertThat(keys.subList(60, 63)).containsExactly("az", "b00", "b01");
        assertThat(keys.get(61 + 62 * 62)).isEqualTo("c000");
        assertThat(keys).isSorted().doesNotHaveDuplicates().allMatch(IndexKeys::isValid);
        assertThat(IndexKeys.firstKeys(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a0", "a1", "b01", "", "a1V", "!"})
    @DisplayName("without a zero at the end, and a0, stay as they are [store/5]")
    void keep(String key) {
        assertThat(IndexKeys.withoutTrailingZero(key, new Random(1))).isSameAs(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a10", "b00", "0", "a00"})
    @DisplayName("get three random digits in place of a zero at the end [store/5]")
    void fix(String key) {
        Random random = new Random(1);
        HashSet<String> fixed = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            fixed.add(IndexKeys.withoutTrailingZero(key, random));
        }
        String kept = key.substring(0, key.length() - 1);
        assertThat(fixed).allSatisfy(other -> assertThat(other).matches("\\Q" + kept + "\\E[1-9A-Za-z]{3}"));
        assertThat(fixed.stream().map(other -> other.charAt(other.length() - 1)).distinct())
                .hasSize(61);
    }

    @Test
    @DisplayName("above and below others are in order, valid, and short however many there are")
    void aboveAndBelow() {
        Random random = new Random(7);
        String top = "a1";
        String bottom = "a1";
        for (int i = 0; i < 10_000; i++) {
            String above = IndexKeys.above(top, random);
            String below = IndexKeys.below(bottom, random);
            assertThat(above).isGreaterThan(top).matches(IndexKeys::isValid).hasSizeLessThan(9);
            assertThat(below).isLessThan(bottom).matches(IndexKeys::isValid).hasSizeLessThan(9);
            top = above;
            bottom = below;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Zz",
                "Zy5",
                "a0",
                "az",
                "azV",
                "bzz",
                "Y00",
                "zzzzzzzzzzzzzzzzzzzzzzzzzzz",
                "aé",
                "a~x",
                "b0",
                "A00000000000000000000000001"
            })
    @DisplayName("above and below the last of each length, and odd ones, are valid and not on the wrong side")
    void ends(String key) {
        Random random = new Random(7);
        if (IndexKeys.isValid(key)) {
            assertThat(IndexKeys.above(key, random)).isGreaterThan(key).matches(IndexKeys::isValid);
            assertThat(IndexKeys.below(key, random)).isLessThanOrEqualTo(key).matches(IndexKeys::isValid);
        }
    }
}
