package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.EventStoreProperties;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Events in a SQLite file, whatever is done with them. */
class SqliteEventsPropertiesTest extends EventStoreProperties {
    @TempDir
    private Path folder;

    @Override
    protected EventStore openStore(EventStore.Kept kept, long seed) throws EventStoreException {
        return SqliteEventStore.open(folder.resolve(seed + ".events.db"), kept);
    }
}
