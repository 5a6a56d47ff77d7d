package dev.drawbridge.store.sqlite;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static dev.drawbridge.store.sqlite.SqliteFixture.open;
import static dev.drawbridge.store.sqlite.SqliteFixture.storeRoom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.store.Opening;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("While large rooms are being read,")
class ReadersTest {
    @TempDir
    private Path folder;

    private SqliteRoomStore store;
    private final CountDownLatch goOn = new CountDownLatch(1);

    @BeforeEach
    void openStore() {
        store = open(folder.resolve("rooms.db"));
        storeRoom(store, "small");
        get(store.commit("large", opened(store.open("large")).ownership(), change(1, record("a", 1, "x".repeat((int)
                        Readers.LARGE)))));
    }

    @AfterEach
    void close() {
        goOn.countDown();
        store.close();
    }

    private void occupy(int readers, long bytes) {
        for (int i = 0; i < readers; i++) {
            store.readers().submit(bytes, rooms -> {
                try {
                    goOn.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return true;
            });
        }
    }

    @Test
    @DisplayName("small ones are opened, found and listed, and further large ones wait")
    void lanes() {
        occupy(3, Readers.LARGE);

        CompletionStage<Opening> large = store.open("large");
        assertThat(opened(store.open("small")).snapshot()).isPresent();
        assertThat(get(store.find("small"))).isPresent();
        assertThat(get(store.list("", Optional.empty(), 10)).roomIds()).containsExactly("large", "small");
        assertThat(large.toCompletableFuture()).isNotDone();

        goOn.countDown();
        assertThat(opened(large).snapshot()).isPresent();
    }

    @Test
    @DisplayName("and when everybody reads something, the store's health is known all the same")
    void health() {
        occupy(3, 0);
        occupy(3, Readers.LARGE);

        get(store.ping());
    }
}
