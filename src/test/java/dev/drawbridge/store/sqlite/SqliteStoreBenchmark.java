package dev.drawbridge.store.sqlite;

import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoreBenchmark;
import dev.drawbridge.store.StoredRooms;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreBenchmark extends StoreBenchmark {

    @Test
    void measure(@TempDir Path folder) {
        try (RoomStore store =
                SqliteRoomStore.open(folder.resolve("rooms.db"), InstantSource.system(), StoredRooms::token)) {
            measure("SQLite", store);
        }
    }
}
