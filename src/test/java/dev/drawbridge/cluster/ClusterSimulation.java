package dev.drawbridge.cluster;

import dev.drawbridge.host.HostSettings;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.simulation.Board;
import dev.drawbridge.simulation.Ledger;
import dev.drawbridge.simulation.Line;
import dev.drawbridge.simulation.SimulatedClient;
import dev.drawbridge.simulation.Trace;
import dev.drawbridge.simulation.Violation;
import dev.drawbridge.simulation.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * A few nodes, their clients and one room in virtual time. The nodes are real; their network, their clients and their Redis
 * are simulated, with everything that can go wrong. All chance comes from one seed.
 */
final class ClusterSimulation {
    private static final StoreSchema SCHEMA = TldrawSchema.create();
    private static final JsonObject SCHEMA_JSON = SCHEMA.serialize().json();
    private static final List<JsonObject> INITIAL = TldrawSchema.initialRecords();

    private static final HostSettings SETTINGS = new HostSettings(
            new RoomSettings(
                    Duration.ofSeconds(3),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    3,
                    1,
                    new Limits(
                            Limits.DEFAULT.message(),
                            new Limits.OfSession(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 4_000),
                            Limits.NONE.room(),
                            new Limits.OfNode(10, Integer.MAX_VALUE, Integer.MAX_VALUE))),
            Duration.ofSeconds(1),
            Duration.ofSeconds(3),
            2_000);

    private static final RandomGeneratorFactory<RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");
    /** A node that stood still, and a store that did not answer, take their time one after the other. */
    private static final int LONGEST_WAIT = 8_000;

    private static final int LONGEST_WAIT_IN_CALM = 5_000;
    private static final int STOP_PATIENCE = 3_000;
    private static final int CALM_AFTER = 7_000;
    /** People go on for a while, so that somebody who is forgotten hears of the others. */
    private static final int QUIET_AFTER = 11_000;

    private static final int CHECK_AT = 18_000;
    private static final int END = 26_000;

    private final RandomGenerator random;
    private final VirtualTime time = new VirtualTime();
    private final Trace trace;
    private final Ledger ledger = new Ledger();
    private final SimulatedRedis redis;
    private final SimulatedNetwork network;
    private final SimulatedNode.Surroundings surroundings;
    private final SimulatedNode.Flaw flaw;
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    private final List<CompletableFuture<Boolean>> moves = new ArrayList<>();
    private boolean calm;
    private int nodeCount;
    private int presences;

    /** Makes the Redis of a simulation. */
    @FunctionalInterface
    interface Redises {
        SimulatedRedis create(VirtualTime time, RandomGenerator random, Trace trace, Ledger ledger);
    }

    /** The parts that a simulation can be given broken ones of. */
    record Parts(Redises redises, SimulatedNode.Flaw flaw) {
        static final Parts SOUND = new Parts(SimulatedRedis::new, SimulatedNode.Flaw.NONE);
    }

    private ClusterSimulation(long seed, Parts parts, boolean traced) {
        random = GENERATORS.create(seed);
        trace = new Trace(traced, time);
        redis = parts.redises.create(time, random, trace, ledger);
        network = new SimulatedNetwork(time, random, trace);
        flaw = parts.flaw;
        RoomLoader loader = new RoomLoader(SCHEMA, INITIAL, SETTINGS.room(), () -> "p" + presences++, time, random);
        surroundings =
                new SimulatedNode.Surroundings(time, random, trace, redis, network, loader, SCHEMA_JSON, SETTINGS);
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            startNode();
        }
        for (int i = 2 + random.nextInt(4); i > 0; i--) {
            clients.add(new SimulatedClient("c" + i, time, random, redis, ledger, trace, this::dial));
        }
    }

    private void startNode() {
        nodes.add(new SimulatedNode("n" + ++nodeCount, surroundings, flaw));
    }

    /** Runs one seed; null when all promises were kept, else what was broken. */
    static @Nullable String run(long seed, Parts parts) {
        try {
            new ClusterSimulation(seed, parts, false).run();
            return null;
        } catch (RuntimeException | AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Runs one seed and tells everything. */
    static String trace(long seed, Parts parts) {
        ClusterSimulation simulation = new ClusterSimulation(seed, parts, true);
        try {
            simulation.run();
            simulation.trace.add("all promises were kept");
        } catch (RuntimeException | AssertionError e) {
            simulation.trace.add(
                    "%s at %s", e, List.of(e.getStackTrace()).subList(0, Math.min(12, e.getStackTrace().length)));
        }
        return simulation.trace.text();
    }

    private void run() {
        Violation.begin();
        clients.forEach(this::act);
        time.after(1_000, this::checkAnswers);
        time.after(random.nextInt(1_500), this::misfortune);
        time.after(CALM_AFTER, this::calmDown);
        long seen = -1;
        while (time.step(CHECK_AT)) {
            Violation.rethrow();
            if (seen != redis.changes()) {
                seen = redis.changes();
                ledger.check(redis.room().board());
            }
        }
        checkAllAgree();
        trace.add("--- everybody leaves");
        clients.forEach(SimulatedClient::leave);
        while (time.step(END)) {
            Violation.rethrow();
        }
        moves.forEach(move -> Violation.unless(move.isDone(), "a move has not ended"));
        nodes.stream().filter(SimulatedNode::isAlive).forEach(SimulatedNode::checkNothingIsLeft);
    }

    // ---- what people do

    /** Through a load balancer, which mostly knows who is there. */
    private Line dial(SimulatedClient client) {
        Optional<SimulatedNode> ready =
                !calm && random.nextInt(20) == 0 ? Optional.empty() : SimulatedNode.anyReady(nodes, random);
        SimulatedNode chosen = ready.orElseGet(() -> nodes.get(random.nextInt(nodes.size())));
        trace.add("%s dials %s", client.name(), chosen);
        return new SimulatedSocket(client, chosen, time, random, redis, trace);
    }

    private void act(SimulatedClient client) {
        if (time.millis() < QUIET_AFTER) {
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> client.move();
                case 3 -> {
                    client.edit();
                    client.edit();
                    client.edit();
                }
                default -> client.edit();
            }
            time.after(random.nextInt(800), () -> act(client));
        }
    }

    // ---- what goes wrong

    private void misfortune() {
        if (calm) {
            return;
        }
        SimulatedNode node = any();
        SimulatedNode other = any();
        SimulatedClient client = clients.get(random.nextInt(clients.size()));
        if (random.nextInt(3) == 0) {
            redis.haunt();
        }
        switch (random.nextInt(25)) {
            case 0, 1 -> node.pause(random.nextInt(random.nextBoolean() ? 5_000 : 800));
            case 2 -> {
                node.kill();
                time.after(random.nextInt(2_000), this::startNode);
            }
            case 3, 4 -> {
                node.stop(STOP_PATIENCE);
                time.after(random.nextInt(2_000), this::startNode);
            }
            case 5 -> {
                if (nodes.size() < 6) {
                    startNode();
                }
            }
            case 6, 7, 8, 9, 10 -> move();
            case 11 -> {
                trace.add("%s is taken for gone", node);
                redis.bury(node.id());
            }
            case 12 -> {
                network.cut(node.id(), other.id());
                time.after(random.nextInt(4_000), () -> network.heal(node.id(), other.id()));
            }
            case 13 -> {
                network.cut(node.id(), other.id());
                network.cut(other.id(), node.id());
                time.after(random.nextInt(4_000), () -> {
                    network.heal(node.id(), other.id());
                    network.heal(other.id(), node.id());
                });
            }
            case 14 -> List.copyOf(node.links()).stream().findAny().ifPresent(SimulatedNetwork.End::breakOff);
            case 15 -> {
                trace.add("%s is cut off from redis", node);
                node.cutOffFromRedis(true);
                time.after(random.nextInt(4_000), () -> node.cutOffFromRedis(false));
            }
            case 16 -> redis.restart();
            case 17 -> redis.failOverAndBack();
            case 18 -> client.hangUp();
            case 19 -> ifConnected(client, SimulatedSocket::breakUp);
            case 20 -> ifConnected(client, SimulatedSocket::breakDown);
            case 21 -> ifConnected(client, socket -> socket.slowDown(random.nextInt(1_500)));
            case 22 -> node.busy(random.nextDouble());
            case 23 -> redis.delete();
            default -> clients.forEach(SimulatedClient::hangUp);
        }
        time.after(random.nextInt(1_200), this::misfortune);
    }

    private static void ifConnected(SimulatedClient client, java.util.function.Consumer<SimulatedSocket> then) {
        if (client.link() instanceof SimulatedSocket socket) {
            then.accept(socket);
        }
    }

    private SimulatedNode any() {
        List<SimulatedNode> alive =
                nodes.stream().filter(SimulatedNode::isAlive).toList();
        return alive.isEmpty() ? nodes.getLast() : alive.get(random.nextInt(alive.size()));
    }

    /** The room goes to another node. */
    private void move() {
        for (SimulatedNode node : nodes) {
            if (node.isAlive() && node.registry().isOpen("room")) {
                moves.add(node.moveTo(any().id()));
                return;
            }
        }
    }

    /** Nothing goes wrong any more. The room moves once or twice, and nobody has to connect again for any other reason. */
    private void calmDown() {
        trace.add("--- from here on nothing goes wrong");
        calm = true;
        clients.forEach(SimulatedClient::hurry);
        redis.calmDown();
        network.healAll();
        for (SimulatedNode node : nodes) {
            node.cutOffFromRedis(false);
            node.resume();
        }
        if (nodes.stream().noneMatch(SimulatedNode::isReady)) {
            startNode();
        }
        time.after(random.nextInt(3_500), this::move);
    }

    // ---- what must be so

    /** Over a connection that lives, answers come. */
    private void checkAnswers() {
        int longest = time.millis() < CALM_AFTER + LONGEST_WAIT_IN_CALM ? LONGEST_WAIT : LONGEST_WAIT_IN_CALM;
        clients.forEach(client ->
                Violation.unless(client.waits() < longest, "%s is connected and gets no answer", client.name()));
        time.after(1_000, this::checkAnswers);
    }

    private void checkAllAgree() {
        Board stored = new Board(redis.room().board());
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
