package dev.drawbridge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "shape:Ab3_-x", "room-1_2.3~4", "instance_page_state:page:page", "<html>/&'"})
    @DisplayName("The ids that tldraw and the server make are their own keys")
    void ordinary(String id) {
        assertThat(StorageKey.of(id)).isEqualTo(id);
        assertThat(StorageKey.toId(id)).isEqualTo(id);
    }

    @ParameterizedTest
    @MethodSource("dev.drawbridge.store.RoomStoreContract#hostileIds")
    @DisplayName("Every id comes back from UTF-8")
    void hostile(String id) {
        String key = new String(StorageKey.of(id).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

        assertThat(StorageKey.toId(key)).isEqualTo(id);
        assertThat(key).doesNotContainPattern("[\\x00-\\x1f]");
    }

    @Test
    @DisplayName("Two ids never share a key")
    void distinct() {
        assertThat(RoomStoreContract.hostileIds().map(StorageKey::of).collect(Collectors.toSet()))
                .hasSize((int) RoomStoreContract.hostileIds().count());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\", "\\x", "\\u12", "a\\", "\\\"\""})
    @DisplayName("A key that no id has is damage")
    void damaged(String key) {
        assertThatThrownBy(() -> StorageKey.toId(key))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(key);
    }
}
