package dev.drawbridge.events;

import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Events in memory, as tests use them. */
class MemoryEventStoreTest extends EventStoreContract {
    private @Nullable MemoryEventStore home;

    @Override
    protected EventStore openStore(EventStore.Kept kept) {
        // Nothing is in it yet when a test wants other bounds.
        MemoryEventStore opened = home == null || !home.kept().equals(kept)
                ? new MemoryEventStore("0123abcd", kept, InstantSource.system())
                : home;
        home = opened;
        return opened;
    }
}
