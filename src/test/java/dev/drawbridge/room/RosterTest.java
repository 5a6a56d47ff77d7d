package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Seeds;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A roster")
class RosterTest {

    @Test
    @DisplayName("holds what a map would hold, however they come and go")
    void likeAMap() {
        Seeds.check(200, random -> {
            Roster<Integer, String> roster = new Roster<>();
            Map<Integer, String> map = new HashMap<>();
            for (int i = 0; i < 60; i++) {
                int key = random.nextInt(8);
                if (random.nextBoolean()) {
                    roster.put(key, key + "." + i);
                    map.put(key, key + "." + i);
                } else {
                    roster.remove(key);
                    map.remove(key);
                }
                assertThat(roster.list()).containsExactlyInAnyOrderElementsOf(map.values());
                assertThat(roster.has(key)).isEqualTo(map.containsKey(key));
                Map<Integer, String> others = new HashMap<>(map);
                others.remove(key);
                assertThat(roster.listWithout(key)).containsExactlyInAnyOrderElementsOf(others.values());
            }
        });
    }

    @Test
    @DisplayName("gives lists that stay as they were")
    void copies() {
        Roster<String, String> roster = new Roster<>();
        roster.put("a", "a");
        List<String> list = roster.list();

        roster.remove("a");

        assertThat(list).containsExactly("a");
    }
}
