package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreContract;
import dev.drawbridge.events.EventStoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Events in a SQLite file. */
class SqliteEventStoreTest extends EventStoreContract {
    @TempDir
    private Path folder;

    @Override
    protected EventStore openStore(EventStore.Kept kept) throws EventStoreException {
        return SqliteEventStore.open(folder.resolve("rooms.events.db"), kept);
    }
}
