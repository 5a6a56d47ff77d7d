package dev.drawbridge.host;

import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.store.RoomStore;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/** What all room hosts of a server share. */
record RoomServices(
        RoomStore store,
        RoomLoader loader,
        Executor executor,
        InstantSource clock,
        HostSettings settings,
        HostObserver observer) {}
