package dev.drawbridge.store.redis;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.Json;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.StoredRooms;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A room is read in pieces, and what is between the pieces is noticed. */
class RedisReadingTest {
    private final String prefix = "reading-" + StoredRooms.token();
    private final RedisRoomStore store = SharedRedis.SERVER.openStore(prefix);
    private final RedisRoomReader reader = new RedisRoomReader(
            SharedRedis.SERVER.client().connect(ByteArrayCodec.INSTANCE).async(), new RoomKeys(prefix));
    private Ownership owner = new Ownership(0, "");

    @BeforeEach
    void storeRoom() {
        owner = opened(store.open("room")).ownership();
        get(store.commit("room", owner, change(1, record("a", 1), record("b", 1))));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private TakenOver takenOver(int documents, int tombstones) {
        return new TakenOver(
                Optional.empty(), owner, 1, 0, Json.write(StoredRooms.SCHEMA.json()), documents, tombstones, true);
    }

    @Test
    @DisplayName("What is complete and still owned is the room")
    void complete() {
        assertThat(reader.read("room", takenOver(2, 0)).snapshot().orElseThrow().documents())
                .hasSize(2);
    }

    @Test
    @DisplayName("Somebody else opens the room meanwhile: there is no room that may be half of one, half of another")
    void superseded() {
        TakenOver first = takenOver(2, 0);
        opened(store.open("room"));

        assertThatThrownBy(() -> reader.read("room", first))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("somebody else has opened it");
    }

    @Test
    @DisplayName("Somebody deletes the room meanwhile")
    void deleted() {
        TakenOver first = takenOver(2, 0);
        get(store.delete("room"));

        assertThatThrownBy(() -> reader.read("room", first)).isInstanceOf(StoreException.class);
    }

    @Test
    @DisplayName("A scan that has missed something, because the key has moved, is no room")
    void incomplete() {
        assertThatThrownBy(() -> reader.read("room", takenOver(3, 1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("only 2 of 3 records and 0 of 1 tombstones were found");
    }
}
