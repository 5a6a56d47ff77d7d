package dev.drawbridge.host;

import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.simulation.Trace;
import dev.drawbridge.simulation.VirtualTime;
import dev.drawbridge.store.RoomStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A server with one room. It may stand still for a while, and it may be killed and start anew. */
final class SimulatedNode {
    private static final int TICK = 500;

    private final String name;
    private final VirtualTime time;
    private final RandomGenerator random;
    private final RoomStore store;
    private final RoomLoader loader;
    private final Supplier<CommitGate> gates;
    private final Trace trace;
    private final Queue<Runnable> standing = new ArrayDeque<>();
    private final List<SimulatedLink> links = new ArrayList<>();
    private @Nullable RoomHost host;
    /** A life ends with a kill; what was to be done in an earlier one is never done. */
    private int life;

    private boolean paused;

    SimulatedNode(
            String name,
            VirtualTime time,
            RandomGenerator random,
            RoomStore store,
            RoomLoader loader,
            Supplier<CommitGate> gates,
            Trace trace) {
        this.name = name;
        this.time = time;
        this.random = random;
        this.store = store;
        this.loader = loader;
        this.gates = gates;
        this.trace = trace;
        time.after(random.nextInt(TICK), this::tick);
    }

    int life() {
        return life;
    }

    private void tick() {
        if (!paused && host != null) {
            host.tick();
        }
        time.after(TICK, this::tick);
    }

    /** Does something in this life, as soon as the node does not stand still. */
    void run(int inLife, Runnable task) {
        if (inLife == life) {
            if (paused) {
                standing.add(task);
            } else {
                task.run();
            }
        }
    }

    /** Brings a socket into the room, as the registry does. */
    RoomHost join(SimulatedLink link) {
        links.add(link);
        while (true) {
            RoomHost open = host == null ? open() : host;
            if (open.submit(link.opening())) {
                return open;
            }
            host = null;
        }
    }

    private RoomHost open() {
        trace.add("%s opens the room", name);
        int now = life;
        RoomServices services = new RoomServices(
                store,
                loader,
                task -> time.after(random.nextInt(2), () -> run(now, task)),
                task -> time.after(random.nextInt(300), () -> run(now, task)),
                time,
                Simulation.SETTINGS,
                Lease.FOR_EVER,
                NodeMemory.ofHeap(1 << 20),
                HostObserver.NONE,
                RoomObserver.NONE);
        RoomHost opened = new RoomHost("room", services, gates);
        host = opened;
        return opened;
    }

    void pause(int millis) {
        if (!paused) {
            trace.add("%s stands still for %d ms", name, millis);
            paused = true;
            time.after(millis, this::resume);
        }
    }

    void resume() {
        if (paused) {
            trace.add("%s goes on", name);
            paused = false;
            while (!standing.isEmpty()) {
                standing.remove().run();
            }
        }
    }

    void kill() {
        trace.add("%s is killed", name);
        life++;
        host = null;
        paused = false;
        standing.clear();
        links.forEach(SimulatedLink::cut);
        links.clear();
    }

    /** As an operator's command: by its host where the room is open, else in the store. */
    void delete() {
        trace.add("%s is to delete the room", name);
        run(life, () -> {
            var _ = host == null ? store.delete("room") : host.delete();
        });
    }

    void unload() {
        if (host != null) {
            trace.add("%s unloads the room", name);
            var _ = host.unload();
        }
    }

    void shutDown() {
        if (host != null) {
            trace.add("%s shuts down", name);
            host.shutDown();
        }
    }
}
