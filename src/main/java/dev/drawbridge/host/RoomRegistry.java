package dev.drawbridge.host;

import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.store.RoomStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The rooms that are open on this node. A room is opened by the first who joins it and put away some time after the last. */
public final class RoomRegistry implements AutoCloseable {
    private final RoomServices services;
    private final Pacer pacer = new Pacer();
    private final Map<String, RoomHost> hosts = new ConcurrentHashMap<>();
    private volatile boolean shuttingDown;

    /** @param executor runs the rooms; a task is short and never waits */
    public RoomRegistry(
            RoomStore store, RoomLoader loader, Executor executor, InstantSource clock, HostSettings settings) {
        this.services = new RoomServices(store, loader, executor, clock, settings);
    }

    /**
     * Brings a socket into a room. What it has to say from now on goes to the connection that is returned.
     *
     * @param readonly whether its document changes are to be discarded
     * @return empty when the server shuts down: the socket has been closed so that its client connects again
     */
    public Optional<ClientConnection> join(String roomId, String sessionId, boolean readonly, ClientSocket socket) {
        if (shuttingDown) {
            socket.close(CloseCodes.SERVICE_RESTART, "");
            return Optional.empty();
        }
        while (true) {
            RoomHost host = hosts.computeIfAbsent(roomId, this::start);
            ClientConnection connection = new ClientConnection(sessionId, host, socket, pacer, services.settings());
            if (connection.enter(readonly)) {
                if (shuttingDown) {
                    host.shutDown(); // it may have been opened just after all others were told
                }
                return Optional.of(connection);
            }
            hosts.remove(roomId, host);
        }
    }

    private RoomHost start(String roomId) {
        RoomHost host = new RoomHost(roomId, services);
        host.end().thenRun(() -> hosts.remove(roomId, host));
        return host;
    }

    /** Time has passed; to be called about once a second. */
    public void tick() {
        hosts.values().forEach(RoomHost::tick);
    }

    /** How many rooms are open. */
    public int size() {
        return hosts.size();
    }

    /**
     * Stores and gives back all rooms and closes all sockets so that their clients connect again; ends when that is done.
     * Nobody can join any more.
     */
    public CompletionStage<Void> shutDown() {
        shuttingDown = true;
        return CompletableFuture.allOf(hosts.values().stream()
                .map(host -> host.shutDown().toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        pacer.close();
    }
}
