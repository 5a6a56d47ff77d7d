package dev.drawbridge.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomKeysTest {
    private final RoomKeys keys = new RoomKeys("drawbridge");

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("The keys of a room are those of the design")
    void names() {
        assertThat(text(keys.meta("My-room_1.0~a"))).isEqualTo("drawbridge:{My-room_1.0~a}:meta");
        assertThat(text(keys.documents("r"))).isEqualTo("drawbridge:{r}:documents");
        assertThat(text(keys.tombstones("r"))).isEqualTo("drawbridge:{r}:tombstones");
        assertThat(text(keys.index())).isEqualTo("drawbridge:rooms");
    }

    @ParameterizedTest
    @MethodSource("dev.drawbridge.store.RoomStoreContract#hostileIds")
    @DisplayName("Whatever the room id, its keys are in one slot, and it comes back")
    void oneSlot(String id) {
        int slot = SlotHash.getSlot(keys.meta(id));

        assertThat(List.of(keys.of(id)))
                .allSatisfy(key -> assertThat(SlotHash.getSlot(key)).isEqualTo(slot));
        assertThat(SlotHash.getSlot(RoomKeys.tag(id))).isEqualTo(slot);
        assertThat(RoomKeys.roomId(RoomKeys.tag(id))).isEqualTo(id);
        assertThat(RoomKeys.tag(id)).doesNotContain("{", "}").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a{b", "a}b", "a b", "a\nb", "ä"})
    @DisplayName("A prefix that would break the hash tag, or an error message, is refused")
    void prefix(String prefix) {
        assertThatThrownBy(() -> new RoomKeys(prefix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("drawbridge.store.redis.key-prefix");
    }
}
