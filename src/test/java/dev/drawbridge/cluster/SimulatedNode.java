package dev.drawbridge.cluster;

import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.host.HostSettings;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomObserver;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.loop.Loop;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.simulation.Trace;
import dev.drawbridge.simulation.Violation;
import dev.drawbridge.simulation.VirtualTime;
import dev.drawbridge.store.Membership;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;

/** One life of a server in a cluster, from its start to its end: all of it is real but its threads, its sockets and its store. */
final class SimulatedNode {
    private static final int CLUSTER_TICK = 100;
    private static final int ROOM_TICK = 500;
    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(2);

    private final String id;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final Trace trace;
    private final Flaw flaw;
    /** So much that no message waits for it: that is done by a real thread. */
    private final NodeMemory memory = NodeMemory.ofHeap(1 << 28);

    private final RoomRegistry registry;
    private final Cluster cluster;
    private final SimulatedRedis.Client redis;
    private final List<Loop> loops;
    private final Queue<Runnable> standing = new ArrayDeque<>();
    private final Set<SimulatedNetwork.End> links = new LinkedHashSet<>();
    private final Set<SimulatedSocket> sockets = new LinkedHashSet<>();
    private final List<CompletableFuture<Boolean>> moves = new ArrayList<>();
    private int nextLoop;
    private double load;
    private boolean alive = true;
    private boolean paused;
    private boolean stopping;
    private boolean cutOff;
    private boolean tickDue;

    /** What can be wrong with a node. */
    enum Flaw {
        NONE,
        /** It does not let go of its rooms when it may have been taken for gone. */
        KEEPS_ROOMS
    }

    /** What a node is made with. */
    record Surroundings(
            VirtualTime time,
            RandomGenerator random,
            Trace trace,
            SimulatedRedis redis,
            SimulatedNetwork network,
            RoomLoader loader,
            JsonObject schema,
            HostSettings settings) {}

    SimulatedNode(String id, Surroundings around, Flaw flaw) {
        this.id = id;
        this.time = around.time;
        this.random = around.random;
        this.trace = around.trace;
        this.flaw = flaw;
        this.loops = List.of(new SimulatedLoop(), new SimulatedLoop());
        this.redis = around.redis.client(this, TIME_TO_LIVE.dividedBy(3));
        Lease lease = flaw == Flaw.KEEPS_ROOMS ? Lease.FOR_EVER : this::isHeld;
        this.registry = new RoomRegistry(
                redis,
                around.loader,
                this::nextLoop,
                task -> time.after(random.nextInt(60), () -> run(task)),
                time,
                around.settings,
                lease,
                memory,
                HostObserver.NONE,
                RoomObserver.NONE);
        this.cluster = new Cluster(
                new Cluster.Settings(id, INTERVAL, flaw == Flaw.KEEPS_ROOMS ? Duration.ofHours(1) : TIME_TO_LIVE),
                new Cluster.Parts(
                        registry,
                        redis,
                        redis,
                        around.network.of(this),
                        new EdgeServices(
                                this::nextLoop,
                                around.settings.room().limits().session().outboxBytes(),
                                memory.outgoing(),
                                time,
                                HostObserver.NONE),
                        () -> around.schema,
                        this::card,
                        () -> load,
                        random,
                        new VirtualDeadlines(),
                        ClusterObserver.NONE));
        around.network.add(this);
        time.after(0, this::clusterTick);
        time.after(random.nextInt(ROOM_TICK), this::roomTick);
    }

    String id() {
        return id;
    }

    NodeMemory memory() {
        return memory;
    }

    RoomRegistry registry() {
        return registry;
    }

    Cluster cluster() {
        return cluster;
    }

    Set<SimulatedNetwork.End> links() {
        return links;
    }

    Set<SimulatedSocket> sockets() {
        return sockets;
    }

    Duration timeToLive() {
        return TIME_TO_LIVE;
    }

    boolean isAlive() {
        return alive;
    }

    boolean isPaused() {
        return paused;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Whether it lets clients in. */
    boolean isReady() {
        return alive && !stopping && isHeld(time.millis());
    }

    private boolean isHeld(long now) {
        return cluster != null && cluster.heartbeat().isHeld(now);
    }

    Membership.Roll rollAsItSees(Membership.Roll roll) {
        return flaw == Flaw.KEEPS_ROOMS ? new Membership.Roll(true, roll.others(), "the same") : roll;
    }

    private NodeCard card(int relayed, List<String> linked) {
        return new NodeCard(
                id,
                id,
                1,
                1,
                false,
                "1",
                Instant.EPOCH,
                registry.size(),
                0,
                0,
                relayed,
                load,
                registry.isDraining(),
                linked);
    }

    void busy(double howMuch) {
        load = howMuch;
    }

    // ---- time

    private void clusterTick() {
        if (alive) {
            if (paused) {
                tickDue = true;
            } else {
                cluster.tick();
            }
            time.after(CLUSTER_TICK, this::clusterTick);
        }
    }

    private void roomTick() {
        if (alive) {
            if (!paused) {
                registry.tick();
            }
            time.after(ROOM_TICK, this::roomTick);
        }
    }

    /** Does something as soon as the node does not stand still; never when it is no more. */
    void run(Runnable task) {
        if (alive) {
            if (paused) {
                standing.add(task);
            } else {
                task.run();
            }
        }
    }

    Loop nextLoop() {
        return loops.get(nextLoop++ % loops.size());
    }

    /** A thread of the node: its tasks keep their order. */
    private final class SimulatedLoop implements Loop {
        private long last;

        @Override
        public void execute(Runnable task) {
            last = Math.max(last, time.millis() + (random.nextInt(4) == 0 ? 1 : 0));
            time.at(last, () -> run(task));
        }

        @Override
        public void pace(Runnable task) {
            time.after(17, () -> run(task));
        }

        @Override
        public Watch watch(SelectableChannel channel, IntConsumer ready) {
            throw new UnsupportedOperationException();
        }
    }

    private final class VirtualDeadlines implements Deadlines {
        @Override
        public <T> CompletableFuture<T> within(long millis, CompletionStage<T> stage) {
            CompletableFuture<T> ended = stage.toCompletableFuture().copy();
            if (!ended.isDone()) {
                time.after(millis, () -> run(() -> ended.completeExceptionally(new TimeoutException())));
            }
            return ended;
        }
    }

    // ---- links

    Link.Listener accepted(Link link) {
        return cluster.accepted(link);
    }

    boolean isCutOffFromRedis() {
        return cutOff;
    }

    void cutOffFromRedis(boolean isCutOff) {
        cutOff = isCutOff;
    }

    // ---- what happens to it

    void pause(int millis) {
        if (alive && !paused) {
            trace.add("%s stands still for %d ms", id, millis);
            paused = true;
            time.after(millis, this::resume);
        }
    }

    void resume() {
        if (alive && paused) {
            trace.add("%s goes on", id);
            paused = false;
            boolean ticksFirst = random.nextBoolean();
            if (tickDue && ticksFirst) {
                tickDue = false;
                cluster.tick();
            }
            while (!standing.isEmpty() && alive && !paused) {
                standing.remove().run();
            }
        }
    }

    /** It is no more; what it has on the way to others still comes there. */
    void kill() {
        if (alive) {
            trace.add("%s is gone", id);
            alive = false;
            paused = false;
            standing.clear();
            moves.forEach(move -> move.complete(false));
            List.copyOf(links).forEach(SimulatedNetwork.End::vanish);
            List.copyOf(sockets).forEach(SimulatedSocket::cut);
        }
    }

    /** Ends with whether the room has gone there; the end of a node ends it too. */
    CompletableFuture<Boolean> moveTo(String other) {
        CompletableFuture<Boolean> moved = new CompletableFuture<>();
        moves.add(moved);
        trace.add("%s is to move the room to %s", id, other);
        run(() -> cluster.move("room", other).whenComplete((gone, error) -> {
            trace.add("%s: moved: %s %s", id, gone, error);
            moved.complete(Boolean.TRUE.equals(gone));
        }));
        return moved;
    }

    /** As it is stopped by its lifecycles; then it is no more. */
    void stop(int patience) {
        if (!alive || stopping) {
            return;
        }
        trace.add("%s is to stop", id);
        stopping = true;
        run(() -> {
            var _ = new VirtualDeadlines()
                    .within(
                            patience,
                            cluster.drain()
                                    .handle((ignored, error) -> true)
                                    .thenCompose(drained -> registry.shutDown()))
                    .handle((ignored, error) -> error == null)
                    .thenCompose(inTime -> {
                        trace.add("%s has put away all: %s", id, inTime);
                        if (!inTime) {
                            registry.abandonSockets();
                        }
                        return cluster.end();
                    })
                    .whenComplete((ignored, error) -> time.after(50 + random.nextInt(200), this::kill));
        });
    }

    // ---- what must not be left over

    void checkNothingIsLeft() {
        Violation.unless(registry.size() == 0, "%s has %d rooms that nobody is in", id, registry.size());
        Violation.unless(
                registry.census().connections() == 0,
                "%s has %d connections that nobody has",
                id,
                registry.census().connections());
        Violation.unless(
                cluster.relayed() == 0, "%s has %d sessions in rooms elsewhere that nobody has", id, cluster.relayed());
        Violation.unless(
                cluster.relayedHere() == 0,
                "%s has %d sessions from elsewhere that nobody has",
                id,
                cluster.relayedHere());
        Violation.unless(cluster.crowds() == 0, "%s knows %d crowds of nobody", id, cluster.crowds());
        Violation.unless(sockets.isEmpty(), "%s has %d sockets that nobody has", id, sockets.size());
        Violation.unless(
                memory.outgoing().held() == 0,
                "%s holds %d bytes for nobody",
                id,
                memory.outgoing().held());
    }

    @Override
    public String toString() {
        return id;
    }

    /** Whether somebody is to be moved there. */
    static Optional<SimulatedNode> anyReady(List<SimulatedNode> nodes, RandomGenerator random) {
        List<SimulatedNode> ready = new ArrayList<>(nodes);
        ready.removeIf(node -> !node.isReady());
        return ready.isEmpty() ? Optional.empty() : Optional.of(ready.get(random.nextInt(ready.size())));
    }
}
