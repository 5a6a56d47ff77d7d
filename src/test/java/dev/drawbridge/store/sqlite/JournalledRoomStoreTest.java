package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomStoreContract;
import dev.drawbridge.store.StoredRooms;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A store in which every change is journalled first")
class JournalledRoomStoreTest extends RoomStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected RoomStore openStore() {
        return SqliteRoomStore.open(
                folder.resolve("rooms.db"),
                InstantSource.system(),
                StoredRooms::token,
                (connection, generation) -> new RoomWriter(connection, generation, 0, Journal.ENOUGH_BYTES));
    }

    @Override
    protected RoomStore storeOf(String node, Liveness liveness) {
        return Assumptions.abort("a file has one node");
    }
}
