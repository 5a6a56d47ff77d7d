package dev.drawbridge.schema.primitives;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The order of migration ids [SCHEMA §6]")
class MigrationIdOrderTest {

    @Test
    @DisplayName("is that of localeCompare")
    void localeCompare() {
        List<String> ordered = List.of(
                "",
                "a",
                "A",
                "a_b",
                "a-b",
                "a.b",
                "a/1",
                "a/10",
                "a/2",
                "a/b",
                "a1",
                "aa",
                "aA",
                "Aa",
                "ab",
                "Ab",
                "com.tldraw.instance_page_state/1",
                "com.tldraw.instance/1",
                "com.tldraw.instance/2");
        List<String> shuffled = new ArrayList<>(ordered);
        Collections.shuffle(shuffled, new Random(1));
        shuffled.sort(MigrationIdOrder.COMPARATOR);
        assertThat(shuffled).isEqualTo(ordered);
    }
}
