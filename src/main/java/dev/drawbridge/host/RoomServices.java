package dev.drawbridge.host;

import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.store.RoomStore;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * What a room host needs; but for the executor all hosts of a server share it.
 *
 * @param executor runs the room; a task is short and never waits
 * @param background runs what may take long
 * @param lease without it no room does anything
 */
record RoomServices(
        RoomStore store,
        RoomLoader loader,
        Executor executor,
        Executor background,
        HostClock clock,
        HostSettings settings,
        Lease lease,
        NodeMemory memory,
        HostObserver observer,
        RoomObserver roomObserver) {

    /** Deletes a room that nobody has open. */
    CompletionStage<Boolean> deleteStored(String roomId) {
        return store.delete(roomId).thenApply(existed -> {
            if (existed) {
                roomObserver.deleted(roomId);
            }
            return existed;
        });
    }

    /** The same, but another thread that runs the room. */
    RoomServices on(Executor other) {
        return new RoomServices(
                store, loader, other, background, clock, settings, lease, memory, observer, roomObserver);
    }
}
