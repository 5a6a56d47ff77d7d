package dev.drawbridge.cluster;

import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.edge.OwnerLink;
import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.Loopback;
import dev.drawbridge.cluster.owner.EdgeLink;
import dev.drawbridge.host.Census;
import dev.drawbridge.host.Entrance;
import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.Lease;
import dev.drawbridge.host.Neighbours;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.RoomStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This node's part in the cluster. */
public final class Cluster {
    private static final Logger log = LoggerFactory.getLogger(Cluster.class);
    private static final int MOVES_AT_ONCE = 16;

    private final String nodeId;
    private final HostClock clock;
    private final RoomRegistry registry;
    private final Heartbeat heartbeat;
    private final ClusterObserver observer;
    private final Nodes nodes = new Nodes();
    private final Peers peers;
    private final Whereabouts whereabouts;
    private final Moves moves;
    private final Balance balance;
    private final DoubleSupplier load;
    private final Supplier<JsonObject> schema;
    private final ClusterEntrance entrance;
    private final Inquiries neighbours;
    private final Supplier<NodeCard> card;
    private final Set<EdgeLink> edges = ConcurrentHashMap.newKeySet();
    private volatile @Nullable OwnerLink itself;
    private long tickedAt;

    /**
     * How this node takes part.
     *
     * @param interval how often it asks to stay a member
     * @param timeToLive how long it is one after it has asked
     */
    public record Settings(String nodeId, Duration interval, Duration timeToLive) {}

    /**
     * What it is made of.
     *
     * @param schema that of rooms that are opened from now on
     * @param card makes the card of this node, as far as it does not depend on the cluster
     * @param load how busy this node is, from 0 to 1
     */
    public record Parts(
            RoomRegistry registry,
            RoomStore store,
            Membership membership,
            Links links,
            EdgeServices services,
            Supplier<JsonObject> schema,
            CardMaker card,
            DoubleSupplier load,
            RandomGenerator random,
            Deadlines deadlines,
            ClusterObserver observer) {}

    /** Makes the card of this node. */
    @FunctionalInterface
    public interface CardMaker {
        NodeCard card(int relayed, List<String> links);
    }

    public Cluster(Settings settings, Parts parts) {
        this.nodeId = settings.nodeId;
        this.clock = parts.services.clock();
        this.registry = parts.registry;
        this.observer = parts.observer;
        this.schema = parts.schema;
        this.peers = new Peers(
                settings.nodeId,
                nodes,
                parts.links,
                parts.membership,
                parts.services,
                Memo.of(() -> toItself(settings.nodeId, parts.services)),
                () -> heartbeat().beat());
        this.moves = new Moves(registry, peers, schema, parts.services.loops().get(), parts.deadlines, observer);
        Placement placement = new Placement(parts.random);
        this.load = parts.load;
        this.balance = new Balance(placement);
        this.whereabouts =
                new Whereabouts(settings.nodeId, registry, parts.store, nodes, parts.membership, placement, parts.load);
        this.neighbours = new Inquiries(nodes, peers, whereabouts, moves);
        this.card = () -> parts.card.card(relayed(), linked());
        this.entrance =
                new ClusterEntrance(settings.nodeId, registry, whereabouts, peers, parts.services, parts.deadlines);
        this.heartbeat = new Heartbeat(
                settings.nodeId, parts.membership, clock, settings.interval, settings.timeToLive, card, new Membered());
    }

    /** What follows from being a member, and from being none. */
    private final class Membered implements Heartbeat.Listener {

        @Override
        public void lost(String why) {
            log.error("this node lets go of its {} rooms: {}", registry.size(), why);
            observer.heartbeatLost();
            registry.dropAll();
        }

        @Override
        public void roll(Membership.Roll roll) {
            nodes.update(roll);
            peers.meet();
        }
    }

    /** Becomes a member; waits until it is one. */
    public void begin(Duration patience) throws InterruptedException, TimeoutException {
        heartbeat.begin(patience);
    }

    /** Is a member no more. The store knows it first, for the others ask it when they find that their links are closed. */
    public CompletionStage<Void> end() {
        return heartbeat.end().whenComplete((ended, error) -> peers.close());
    }

    /** Whether this node may go on with its rooms. */
    public Heartbeat heartbeat() {
        return heartbeat;
    }

    /** That it may, for the rooms themselves: one that is fenced has the node ask at once whether it still is a member. */
    public Lease lease() {
        return new Lease() {
            @Override
            public boolean isHeld(long now) {
                return heartbeat.isHeld(now);
            }

            @Override
            public void doubted() {
                observer.fenced();
                heartbeat.beat();
            }
        };
    }

    /** What this node tells the others of itself. */
    public NodeCard card() {
        return card.get();
    }

    /** The others, for what is asked of all. */
    public Neighbours neighbours() {
        return neighbours;
    }

    /** How much is going on here, with the sockets whose rooms are elsewhere. */
    public Census census() {
        return registry.census().withRelayed(relayed(), queuedBytes());
    }

    /** Where clients come in. */
    public Entrance entrance() {
        return entrance;
    }

    /** The same way in, for who cannot wait. */
    ClusterEntrance way() {
        return entrance;
    }

    public Whereabouts whereabouts() {
        return whereabouts;
    }

    public Nodes nodes() {
        return nodes;
    }

    /** Who hears what comes over a link that another node has made. */
    public Link.Listener accepted(Link link) {
        EdgeLink edge = new EdgeLink(link, registry, schema);
        edges.add(edge);
        log.info("link from node {}: made", link.peer());
        return new Link.Listener() {
            @Override
            public void received(Frame frame) {
                edge.received(frame);
            }

            @Override
            public void closed() {
                edges.remove(edge);
                edge.closed();
            }
        };
    }

    /** For those whose socket is here when their room comes here. */
    private OwnerLink toItself(String nodeId, EdgeServices services) {
        Loopback.Ends ends = Loopback.create(nodeId, services.loops().get());
        OwnerLink owner = new OwnerLink(ends.edge(), services, peers::link);
        EdgeLink edge = new EdgeLink(ends.owner(), registry, schema);
        ends.edge().begin(owner);
        ends.owner().begin(edge);
        edges.add(edge);
        itself = owner;
        return owner;
    }

    // ---- rooms that move

    /** Takes a room that is open here to another node; ends with whether it has gone there. */
    public CompletionStage<Boolean> move(String roomId, String successor) {
        return successor.equals(nodeId)
                ? CompletableFuture.completedStage(registry.isOpen(roomId))
                : moves.move(roomId, successor);
    }

    /** Another node for a room of this one. */
    public Optional<String> successor() {
        return neighbours.successor();
    }

    /**
     * Before this node stops: those of its rooms in which others take part go to other nodes, and its own sockets are closed
     * so that their clients connect again. What stays is for {@link RoomRegistry#shutDown} to put away.
     */
    public CompletionStage<Void> drain() {
        registry.beginShutDown();
        var _ = heartbeat.beat(); // so that nobody sends rooms here
        List<String> rooms = registry.openRooms();
        return moves.moveAll(rooms, MOVES_AT_ONCE, this::successor).thenRun(() -> {
            peers.open().forEach(OwnerLink::closeSockets);
            OwnerLink own = itself;
            if (own != null) {
                own.closeSockets();
            }
        });
    }

    /** Time has passed; to be called a few times a second, always by the same thread. */
    public void tick() {
        heartbeat.tick();
        long now = clock.millis();
        if (now - tickedAt >= 1_000) {
            tickedAt = now;
            relieve(now);
            peers.tick(now);
            OwnerLink own = itself;
            if (own != null) {
                own.tick(now);
            }
        }
    }

    /** While this node stays clearly busier than another, its rooms go one by one, those first that fewest notice. */
    private void relieve(long now) {
        if (!registry.isDraining()
                && registry.size() > 1) { // a busy room would only take the load along, and come back
            balance.tick(now, load.getAsDouble(), nodes.others())
                    .ifPresent(better -> registry.quietest().ifPresent(room -> {
                        log.info("room {}: goes to node {}, which is less busy", room, better.nodeId());
                        var _ = moves.move(room, better.nodeId());
                    }));
        }
    }

    /** How many sockets here take part in rooms of other nodes. */
    public int relayed() {
        return peers.open().stream().mapToInt(OwnerLink::sessions).sum();
    }

    /** How many sessions of rooms here have their sockets at other nodes. */
    public int relayedHere() {
        return edges.stream().mapToInt(EdgeLink::sessions).sum();
    }

    /** How many crowds there are among the sockets here, of rooms at other nodes. */
    int crowds() {
        return peers.open().stream().mapToInt(OwnerLink::crowds).sum();
    }

    /** The nodes that this one has a link to. */
    public List<String> linked() {
        return peers.linked();
    }

    /** How many nodes have a link to this one. */
    public int linkedFrom() {
        return edges.size();
    }

    /** What waits for the sockets of relayed sessions, in bytes. */
    public long queuedBytes() {
        return peers.open().stream().mapToLong(OwnerLink::queuedBytes).sum();
    }

    /** How long ago the last heartbeat was taken, in milliseconds. */
    public long heartbeatAge() {
        return heartbeat.age(clock.millis());
    }
}
