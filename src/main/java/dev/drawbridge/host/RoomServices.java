package dev.drawbridge.host;

import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.store.RoomStore;
import java.util.concurrent.Executor;

/**
 * What all room hosts of a server share.
 *
 * @param executor runs the rooms; a task is short and never waits
 * @param background runs what may take long
 */
record RoomServices(
        RoomStore store,
        RoomLoader loader,
        Executor executor,
        Executor background,
        HostClock clock,
        HostSettings settings,
        NodeMemory memory,
        HostObserver observer) {}
