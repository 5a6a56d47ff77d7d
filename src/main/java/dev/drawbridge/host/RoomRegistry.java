package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.store.RoomStore;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms that are open on this node. A room is opened by the first who joins it and put away some time after the last. */
public final class RoomRegistry implements Entrance, Census.Source {
    private static final Logger log = LoggerFactory.getLogger(RoomRegistry.class);

    /** With more sessions than this one thread has enough to do with the room itself. */
    private static final int CROWD = 50;

    private final RoomServices services;
    private final Supplier<Loop> loops;
    private final Unfinished unfinished;
    private final Map<String, RoomHost> hosts = new ConcurrentHashMap<>();
    private final Map<RoomHost, Loop> loopOf = new ConcurrentHashMap<>();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private volatile boolean shuttingDown;
    private volatile boolean full;

    /**
     * Begins with no room open.
     *
     * @param loops gives the loop for one more room, or for the sockets of a crowded one
     * @param background runs what may take long
     * @param lease without it no room does anything
     */
    public RoomRegistry(
            RoomStore store,
            RoomLoader loader,
            Supplier<Loop> loops,
            Executor background,
            HostClock clock,
            HostSettings settings,
            Lease lease,
            NodeMemory memory,
            HostObserver observer,
            RoomObserver roomObserver) {
        this.services = new RoomServices(
                store,
                loader,
                background,
                background,
                clock,
                settings,
                lease,
                memory,
                observer,
                RoomObservers.guarded(roomObserver));
        this.loops = loops;
        this.unfinished = new Unfinished(memory.receiving());
    }

    /**
     * Brings a socket into a room that this node has open, or may open. Empty when the server shuts down, or has as many
     * rooms open as it may; what comes of it otherwise is told by {@link ClientConnection#entry}. Never waits.
     */
    @Override
    public Optional<ClientConnection> join(String roomId, Visitor visitor, ClientSocket socket) {
        Optional<ClientConnection> joined = enter(
                roomId,
                (host, loop) -> {
                    socket.serveOn(loop);
                    return new ClientConnection(visitor, host, socket, loop, unfinished, services);
                },
                ClientConnection::enter);
        if (joined.isEmpty()) {
            socket.close(retriableCode(), "");
        }
        return joined;
    }

    /**
     * Brings a client into a room whose socket is at another node; otherwise like {@link #join}.
     *
     * @param inlet can be told to wait; what it brings is to be brought on the connection's loop
     * @param outlet makes the way back
     */
    public Optional<ClientConnection> joinFromAfar(
            String roomId, Visitor visitor, Inlet inlet, Function<Outlet.Listener, Outlet> outlet) {
        return enter(
                roomId,
                (host, loop) -> new ClientConnection(visitor, host, inlet, outlet, loop, unfinished, services),
                ClientConnection::enter);
    }

    /** The same for somebody who goes on in a room that has moved here. */
    public Optional<ClientConnection> resumeFromAfar(
            String roomId, Visitor visitor, long sinceClock, Inlet inlet, Function<Outlet.Listener, Outlet> outlet) {
        return enter(
                roomId,
                (host, loop) -> new ClientConnection(visitor, host, inlet, outlet, loop, unfinished, services),
                connection -> connection.resume(sinceClock));
    }

    /**
     * Opens a room that comes from another node, and expects those who were in it. Ends with whether it is open here; never
     * fails.
     */
    public CompletionStage<Boolean> expect(String roomId, List<Passenger> passengers) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Optional<RoomHost> host = host(roomId);
        RoomInput coming = new RoomInput() {
            @Override
            public List<Effect> applyTo(Room room, long now) {
                List<Effect> effects = room.expect(passengers, now);
                answer.complete(true);
                return effects;
            }

            @Override
            public void dropped() {
                answer.complete(false);
            }

            @Override
            public boolean isVisit() {
                return true;
            }
        };
        if (host.isEmpty() || !host.get().submit(coming)) {
            answer.complete(false);
        }
        return answer;
    }

    /** Takes a room to another node; ends with whether it has gone there. */
    public CompletionStage<Boolean> move(String roomId, Removal removal) {
        return open(roomId).map(host -> host.move(removal)).orElseGet(() -> CompletableFuture.completedStage(false));
    }

    /** Opens no more rooms, and lets nobody in any more; those that are open stay so until they are moved or put away. */
    public void beginShutDown() {
        shuttingDown = true;
    }

    /** How the socket of somebody is to be closed whom this node cannot let in at the moment. */
    public int retriableCode() {
        return shuttingDown ? CloseCodes.SERVICE_RESTART : CloseCodes.TRY_AGAIN_LATER;
    }

    private Optional<ClientConnection> enter(
            String roomId,
            BiFunction<RoomHost, Loop, ClientConnection> connections,
            Predicate<ClientConnection> entering) {
        while (true) {
            Optional<RoomHost> host = host(roomId);
            if (host.isEmpty()) {
                return Optional.empty();
            }
            ClientConnection connection = connections.apply(host.get(), loopFor(host.get()));
            if (entering.test(connection)) {
                this.connections.add(connection);
                connection.gone().thenRun(() -> this.connections.remove(connection));
                shutDownIfLate(host.get());
                return Optional.of(connection);
            }
            hosts.remove(roomId, host.get());
        }
    }

    /** A room's sockets are served by the loop that runs it, so that nothing is handed over; those of a crowd by all loops. */
    private Loop loopFor(RoomHost host) {
        Loop own = loopOf.get(host);
        return own == null || host.sessions() >= CROWD ? loops.get() : own;
    }

    /** Brings a command to a room, which is opened for it when need be. */
    <T> CompletionStage<T> submit(String roomId, Command<T> command) {
        while (true) {
            Optional<RoomHost> host = host(roomId);
            if (host.isEmpty()) {
                command.fail(
                        shuttingDown
                                ? new RoomCommandException.Unavailable("The server shuts down")
                                : new RoomCommandException.LimitReached(
                                        Limit.ROOMS, "As many rooms are open as may be"));
                return command.answer();
            }
            if (host.get().submit(command)) {
                shutDownIfLate(host.get());
                return command.answer();
            }
            hosts.remove(roomId, host.get());
        }
    }

    /** Brings a command that only looks to a room that is open; one that is not stays as it is. */
    <T> CompletionStage<T> submit(String roomId, Command.Read<T> command) {
        RoomHost host = hosts.get(roomId);
        if (host == null || !host.submit(command)) {
            command.notOpen();
        }
        return command.answer();
    }

    /** Deletes a room that is not open here. */
    CompletionStage<Boolean> deleteStored(String roomId) {
        return services.deleteStored(roomId);
    }

    /** Runs what may take long. */
    Executor background() {
        return services.background();
    }

    /** The room's host, a new one when there is none; empty when there may be none. */
    private Optional<RoomHost> host(String roomId) {
        if (shuttingDown) {
            return Optional.empty();
        }
        RoomHost open = hosts.get(roomId);
        if (open == null && hosts.size() >= services.settings().limits().node().rooms()) {
            isFull();
            return Optional.empty();
        }
        return Optional.of(hosts.computeIfAbsent(roomId, this::start));
    }

    private void isFull() {
        services.observer().limitHit(Limit.ROOMS);
        if (!full) {
            full = true;
            log.warn("the limit {} was hit: {} rooms are open, and no more may be", Limit.ROOMS, hosts.size());
        }
    }

    /** It may have been opened just after all others were told. */
    private void shutDownIfLate(RoomHost host) {
        if (shuttingDown) {
            var _ = host.shutDown();
        }
    }

    private RoomHost start(String roomId) {
        Loop loop = loops.get();
        RoomHost host = new RoomHost(roomId, services.on(loop));
        loopOf.put(host, loop);
        host.end().thenRun(() -> {
            hosts.remove(roomId, host);
            loopOf.remove(host);
            full = false;
        });
        return host;
    }

    /** The host of a room that is open, or is being opened or put away. */
    Optional<RoomHost> open(String roomId) {
        return Optional.ofNullable(hosts.get(roomId));
    }

    /** Whether a room is open here, or is being opened or put away. */
    public boolean isOpen(String roomId) {
        return hosts.containsKey(roomId);
    }

    /** Whether a room has been opened here: then it is nowhere else. One that is only being opened may turn out to be. */
    public boolean hasOpened(String roomId) {
        RoomHost host = hosts.get(roomId);
        return host != null
                && switch (host.state()) {
                    case ACTIVE, DRAINING -> true;
                    case LOADING, CLOSED, FAILED -> false;
                };
    }

    /** How many sessions are in a room, as of a moment ago; empty when it is not open here. */
    public OptionalInt sessions(String roomId) {
        RoomHost host = hosts.get(roomId);
        return host == null || host.state() == HostState.LOADING
                ? OptionalInt.empty()
                : OptionalInt.of(host.sessions());
    }

    /** The ids of those rooms that are asked for and open here: one more than the limit, if there are. */
    public List<String> openRooms(RoomQuery query) {
        return hosts.keySet().stream()
                .filter(id -> id.contains(query.text()))
                .filter(id ->
                        query.after().isEmpty() || id.compareTo(query.after().get()) > 0)
                .sorted()
                .limit(query.limit() + 1L)
                .toList();
    }

    /** The ids of all rooms that are open, in their order. */
    public List<String> openRooms() {
        return hosts.keySet().stream().sorted().toList();
    }

    /** The open room that fewest take part in. */
    public Optional<String> quietest() {
        return hosts.values().stream()
                .filter(host -> host.state() == HostState.ACTIVE)
                .min(Comparator.comparingInt(RoomHost::sessions))
                .map(RoomHost::roomId);
    }

    /** Time has passed; to be called about once a second. */
    public void tick() {
        long now = services.clock().millis();
        connections.forEach(connection -> connection.tick(now));
        hosts.values().forEach(RoomHost::tick);
    }

    /** How many rooms are open. */
    public int size() {
        return hosts.size();
    }

    /** How much is going on here. */
    @Override
    public Census census() {
        Map<HostState, Integer> rooms = new EnumMap<>(HostState.class);
        hosts.values().forEach(host -> rooms.merge(host.state(), 1, Integer::sum));
        int editors = 0;
        int viewers = 0;
        int open = 0;
        long outboxBytes = 0;
        for (ClientConnection connection : connections) {
            open += connection.outlet() instanceof Relay.FarOutlet ? 0 : 1;
            outboxBytes += connection.queuedBytes();
            switch (connection.part()) {
                case EDITOR -> editors++;
                case VIEWER -> viewers++;
                case NONE -> {
                    // its handshake is to come
                }
            }
        }
        return new Census(rooms, editors, viewers, open, outboxBytes);
    }

    /** Lets go of all rooms at once, with what is not stored of them; their clients connect again. */
    public void dropAll() {
        hosts.values().forEach(RoomHost::drop);
    }

    /** Whether rooms are being put away because the server shuts down. */
    public boolean isDraining() {
        return shuttingDown;
    }

    /**
     * Stores and gives back all rooms and closes all sockets so that their clients connect again; ends when that is done
     * and the sockets are closed. Nobody can join any more.
     */
    public CompletionStage<Void> shutDown() {
        shuttingDown = true;
        return allOf(hosts.values().stream().map(RoomHost::shutDown))
                .thenCompose(ended -> allOf(connections.stream().map(ClientConnection::gone)));
    }

    /** Closes what sockets are still open, on threads of their own: clients that do not read hold nobody up. */
    public void abandonSockets() {
        connections.forEach(ClientConnection::abort);
    }

    private static CompletionStage<Void> allOf(Stream<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.map(CompletionStage::toCompletableFuture).toArray(CompletableFuture[]::new));
    }
}
