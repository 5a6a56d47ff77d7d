package dev.drawbridge.host;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.simulation.Board;
import dev.drawbridge.simulation.Ledger;
import dev.drawbridge.simulation.SimulatedClient;
import dev.drawbridge.simulation.Trace;
import dev.drawbridge.simulation.Violation;
import dev.drawbridge.simulation.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * One room's life in virtual time: real hosts and rooms, with a simulated store, network and clients, and everything that
 * can go wrong. All chance comes from one seed. The promises are checked after every event. Every second seed has upheavals
 * too, in which what is stored is exchanged for something else.
 */
final class Simulation {
    static final StoreSchema SCHEMA = TldrawSchema.create();

    /** Everything is sooner over than in a real room, and few deletions are remembered. */
    static final HostSettings SETTINGS = new HostSettings(
            new RoomSettings(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    3,
                    1,
                    new Limits(
                            Limits.DEFAULT.message(),
                            new Limits.OfSession(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 1 << 20),
                            Limits.NONE.room(),
                            new Limits.OfNode(10, Integer.MAX_VALUE, Integer.MAX_VALUE))),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            2_000);

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");
    private static final int CALM_AFTER = 8_000;
    private static final int END = 28_000;

    private final RandomGenerator random;
    private final RandomGenerator upheavals;
    private final boolean skewed;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace;
    private final Ledger ledger = new Ledger();
    private final SimulatedStore store;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private boolean calm;
    private int presences;

    /** Makes the store of a simulation. */
    @FunctionalInterface
    interface Stores {
        SimulatedStore create(VirtualTime time, RandomGenerator random, Trace trace, Ledger ledger);
    }

    /** The parts that a simulation can be given broken ones of. */
    record Parts(Stores stores, Supplier<CommitGate> gates, UnaryOperator<InstantSource> wallClocks) {
        static final Parts SOUND = new Parts(SimulatedStore::new, CommitGate::new);

        Parts(Stores stores, Supplier<CommitGate> gates) {
            this(stores, gates, UnaryOperator.identity());
        }
    }

    private Simulation(long seed, Parts parts, boolean traced) {
        random = GENERATORS.create(seed);
        upheavals = GENERATORS.create(~seed);
        skewed = upheavals.nextInt(3) == 0;
        trace = new Trace(traced, time);
        store = parts.stores.create(time, random, trace, ledger);
        int nodeCount = 1 + random.nextInt(2);
        for (int i = 0; i < nodeCount; i++) {
            RoomLoader loader = new RoomLoader(
                    SCHEMA,
                    TldrawSchema.initialRecords(),
                    SETTINGS.room(),
                    () -> "p" + presences++,
                    wallClock(i, nodeCount, parts),
                    upheavals);
            nodes.add(new SimulatedNode("node " + i, time, random, store, loader, parts.gates, trace));
        }
        int clientCount = 2 + random.nextInt(2);
        for (int i = 0; i < clientCount; i++) {
            clients.add(new SimulatedClient("c" + i, time, random, store, ledger, trace, this::dial));
        }
    }

    /** That of the last node may stand still. */
    private InstantSource wallClock(int node, int nodeCount, Parts parts) {
        return parts.wallClocks.apply(skewed && node == nodeCount - 1 ? () -> Instant.ofEpochMilli(1) : time);
    }

    /** Runs one seed; null when all promises were kept, else what was broken. */
    static @Nullable String run(long seed, Parts parts) {
        try {
            new Simulation(seed, parts, false).run(hasUpheavals(seed));
            return null;
        } catch (RuntimeException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Runs one seed and tells everything. */
    static String trace(long seed, Parts parts) {
        Simulation simulation = new Simulation(seed, parts, true);
        try {
            simulation.run(hasUpheavals(seed));
            simulation.trace.add("all promises were kept");
        } catch (RuntimeException | AssertionError e) {
            simulation.trace.add("%s", e);
        }
        return simulation.trace.text();
    }

    private static boolean hasUpheavals(long seed) {
        return seed % 2 != 0;
    }

    private void run(boolean withUpheavals) {
        clients.forEach(this::act);
        if (withUpheavals) {
            time.after(upheavals.nextInt(1_500), this::upheaval);
        }
        time.after(random.nextInt(1_000), this::misfortune);
        time.after(CALM_AFTER, this::calmDown);
        while (time.step(END)) {
            ledger.check(store.room().board());
        }
        checkEnd();
    }

    private SimulatedLink dial(SimulatedClient client) {
        int home = client.name().hashCode() & 1;
        int chosen = calm ? 0 : random.nextInt(4) == 0 ? random.nextInt(nodes.size()) : home % nodes.size();
        return new SimulatedLink(client, nodes.get(chosen), time, random, store);
    }

    private void act(SimulatedClient client) {
        if (!calm) {
            switch (random.nextInt(10)) {
                case 0 -> client.move();
                case 1 -> {
                    client.edit();
                    client.edit();
                    client.edit();
                }
                default -> client.edit();
            }
            time.after(random.nextInt(700), () -> act(client));
        }
    }

    private void misfortune() {
        if (calm) {
            return;
        }
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        SimulatedClient client = clients.get(random.nextInt(clients.size()));
        SimulatedLink link = client.link() instanceof SimulatedLink present ? present : null;
        switch (random.nextInt(12)) {
            case 0, 1 -> node.pause(random.nextInt(5_000));
            case 2 -> node.kill();
            case 3 -> store.crash();
            case 4 -> node.shutDown();
            case 5, 6 -> client.hangUp();
            case 7, 8 -> {
                if (link != null) {
                    link.breakUp();
                }
            }
            case 9, 10 -> {
                if (link != null) {
                    link.breakDown();
                }
            }
            default -> clients.forEach(SimulatedClient::hangUp);
        }
        time.after(random.nextInt(1_500), this::misfortune);
    }

    /**
     * An operator puts rooms away, a client has a slow line, or the store becomes another. Where a clock stands still, rooms are deleted and nothing else: only of these the store knows how
     * far they had come.
     */
    private void upheaval() {
        if (calm) {
            return;
        }
        switch (skewed ? 0 : upheavals.nextInt(14)) {
            case 9, 10, 11 -> nodes.get(upheavals.nextInt(nodes.size())).unload();
            case 12, 13 -> {
                if (clients.get(upheavals.nextInt(clients.size())).link() instanceof SimulatedLink link) {
                    link.slowUpload(2_000 + upheavals.nextInt(8_000));
                }
            }
            case 0, 1 -> nodes.get(upheavals.nextInt(nodes.size())).delete();
            case 2 -> store.empty();
            case 3 -> store.failOverAndBack();
            case 4, 5 -> {
                store.restore();
                nodes.forEach(SimulatedNode::kill);
            }
            default -> store.copy();
        }
        time.after(upheavals.nextInt(1_500), this::upheaval);
    }

    /** Nothing goes wrong any more, and everybody meets on a node that has just opened the room. */
    private void calmDown() {
        trace.add("--- from here on nothing goes wrong");
        calm = true;
        store.calmDown();
        for (SimulatedNode node : nodes) {
            node.resume();
            if (random.nextBoolean()) {
                node.shutDown();
            } else {
                node.kill();
            }
        }
        time.after(SETTINGS.commitTimeout().toMillis() + 4_000, () -> {
            nodes.forEach(SimulatedNode::kill);
            clients.forEach(SimulatedClient::hangUp);
        });
    }

    private void checkEnd() {
        Board stored = new Board(store.room().board());
        for (SimulatedClient client : clients) {
            Violation.unless(client.isSettled(), "%s has pushes that are not answered", client.name());
            Violation.unless(
                    client.shown().records().equals(stored.records()),
                    "at the end %s shows %s but stored is %s",
                    client.name(),
                    client.shown(),
                    stored);
            Violation.unless(
                    presencesAmong(client.others().records().values()).equals(presencesBeside(client)),
                    "at the end %s sees %s",
                    client.name(),
                    client.others());
        }
    }

    private Set<String> presencesBeside(SimulatedClient client) {
        return presencesAmong(clients.stream()
                .filter(other -> other != client)
                .map(SimulatedClient::presence)
                .toList());
    }

    private static Set<String> presencesAmong(Iterable<JsonObject> records) {
        Set<String> presences = new TreeSet<>();
        for (JsonObject record : records) {
            presences.add(record.string("userName") + " has moved "
                    + Objects.toString(record.get("lastActivityTimestamp")) + " times");
        }
        return presences;
    }
}
