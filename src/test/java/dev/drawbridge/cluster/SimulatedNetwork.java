package dev.drawbridge.cluster;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.FrameCodec;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.LinkQueue;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.MalformedFrameException;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.simulation.Trace;
import dev.drawbridge.simulation.VirtualTime;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The network between the nodes. A link keeps its order and takes its time. A way from one node to another can be cut: what
 * is sent then waits, as TCP has it, until the way is open again or an end has lost patience.
 */
final class SimulatedNetwork {
    static final int PING_EVERY = 500;
    static final int PATIENCE = 2_000;
    private static final int CONNECT_TIMEOUT = 1_000;
    private static final int LATENCY = 8;

    private final VirtualTime time;
    private final RandomGenerator random;
    private final Trace trace;
    private final Map<String, SimulatedNode> nodes = new HashMap<>();
    private final Set<String> cuts = new HashSet<>();
    private int dialed;

    SimulatedNetwork(VirtualTime time, RandomGenerator random, Trace trace) {
        this.time = time;
        this.random = random;
        this.trace = trace;
    }

    void add(SimulatedNode node) {
        nodes.put(node.id(), node);
    }

    void cut(String from, String to) {
        trace.add("the way from %s to %s is cut", from, to);
        cuts.add(from + ">" + to);
    }

    void heal(String from, String to) {
        if (cuts.remove(from + ">" + to)) {
            trace.add("the way from %s to %s is open again", from, to);
        }
    }

    void healAll() {
        cuts.clear();
    }

    private boolean isCut(String from, String to) {
        return cuts.contains(from + ">" + to);
    }

    /** The links of a node. */
    Links of(SimulatedNode node) {
        return new Links() {
            @Override
            public CompletionStage<Link> dial(Address address, Function<Link, Link.Listener> listener) {
                return SimulatedNetwork.this.dial(node, address.nodeId(), listener);
            }

            @Override
            public void close() {
                node.links().forEach(link -> link.close("its node stops"));
            }
        };
    }

    private CompletionStage<Link> dial(SimulatedNode from, String to, Function<Link, Link.Listener> listener) {
        CompletableFuture<Link> made = new CompletableFuture<>();
        time.after(2 * CONNECT_TIMEOUT, () -> from.run(() -> notReached(made, to, "time-out", false)));
        time.after(1 + random.nextInt(LATENCY), () -> {
            SimulatedNode target = nodes.get(to);
            if (isCut(from.id(), to) || isCut(to, from.id())) {
                return;
            }
            if (target == null || !target.isAlive()) {
                from.run(() -> notReached(made, to, "refused", true));
            } else if (!target.isPaused()) {
                time.after(1 + random.nextInt(LATENCY), () -> from.run(() -> connect(from, target, listener, made)));
            }
        });
        return made;
    }

    private void notReached(CompletableFuture<Link> made, String to, String why, boolean isNobodyThere) {
        if (!made.isDone()) {
            trace.add("no link to %s: %s", to, why);
            made.completeExceptionally(new NotReachedException(to + ": " + why, isNobodyThere, null));
        }
    }

    private void connect(
            SimulatedNode from,
            SimulatedNode to,
            Function<Link, Link.Listener> listener,
            CompletableFuture<Link> made) {
        if (made.isDone() || !to.isAlive()) {
            return; // what is left of it nobody uses
        }
        int number = ++dialed;
        End near = new End(from, to, number, true);
        End far = new End(to, from, number, false);
        near.other = far;
        far.other = near;
        to.run(() -> far.begin(to::accepted));
        near.begin(listener);
        made.complete(near);
    }

    /** One end of a link. */
    final class End implements Link {
        private final SimulatedNode node;
        private final SimulatedNode peer;
        private final int number;
        private final boolean dialed;
        private final LinkQueue queue;
        private final Queue<byte[]> onTheWay = new ArrayDeque<>();
        private @Nullable End other;
        private @Nullable Listener listener;
        /** What has come before anybody listens. */
        private final List<byte[]> early = new ArrayList<>();

        private boolean woken;
        private boolean closed;
        private boolean gone;
        private long lastArrival;
        private long heardAt;

        End(SimulatedNode node, SimulatedNode peer, int number, boolean dialed) {
            this.node = node;
            this.peer = peer;
            this.number = number;
            this.dialed = dialed;
            this.queue = new LinkQueue(
                    node.memory().outgoing(), node.memory().outgoing().most());
        }

        void begin(Function<Link, Listener> listeners) {
            node.links().add(this);
            heardAt = time.millis();
            listener = listeners.apply(this);
            early.forEach(this::arrived);
            early.clear();
            tickLater();
        }

        private void tickLater() {
            time.after(
                    PING_EVERY,
                    () -> node.run(() -> {
                        if (closed) {
                            return;
                        }
                        if (time.millis() - heardAt > PATIENCE) {
                            close("it has said nothing for long");
                        } else {
                            send(new Frame.Ping(1));
                            tickLater();
                        }
                    }));
        }

        @Override
        public void send(Frame frame) {
            if (trace.isKept() && !closed && !(frame instanceof Frame.Ping) && !(frame instanceof Frame.Pong)) {
                trace.add("%s: %s", this, text(frame));
            }
            if (!queue.add(FrameCodec.encode(frame))) {
                close("it takes too little of what it is sent");
            }
            wake();
        }

        private static String text(Frame frame) {
            return switch (frame) {
                case Frame.Said(int session, boolean last, byte[] text) ->
                    "Said " + session + " " + new String(text, StandardCharsets.UTF_8);
                case Frame.Told(int crowd, int except, DataEvent event) ->
                    "Told " + crowd + " but " + except + " "
                            + new String(event.encode().whole(), StandardCharsets.UTF_8);
                case Frame.Event(int session, boolean caughtUp, DataEvent event) ->
                    "Event " + session + " " + caughtUp + " "
                            + new String(event.encode().whole(), StandardCharsets.UTF_8);
                case Frame.Bring(int number, String roomId, byte[] people) ->
                    "Bring " + number + " " + new String(people, StandardCharsets.UTF_8);
                default -> frame.toString().replaceAll("\\[B@[0-9a-f]+", "…");
            };
        }

        @Override
        public void sendFrom(Source source) {
            queue.add(source);
            wake();
        }

        @Override
        public void hasMore() {
            wake();
        }

        private void wake() {
            if (!woken) {
                woken = true;
                time.after(0, () -> node.run(this::drain));
            }
        }

        private void drain() {
            woken = false;
            for (byte[] frame = queue.next(); frame != null; frame = queue.next()) {
                onTheWay.add(frame);
                lastArrival = Math.max(lastArrival, time.millis() + 1 + random.nextInt(LATENCY));
                time.at(lastArrival, this::carry);
            }
        }

        /** Brings the next of what is on the way, unless the way is cut. */
        private void carry() {
            if (isCut(node.id(), peer.id())) {
                time.after(200, this::carry);
                return;
            }
            byte[] frame = onTheWay.poll();
            End to = other;
            if (frame != null && to != null) {
                peer.run(() -> to.arrived(frame));
            }
        }

        private void arrived(byte[] bytes) {
            Listener hears = listener;
            if (hears == null) {
                early.add(bytes);
                return;
            }
            if (closed) {
                return;
            }
            heardAt = time.millis();
            try {
                FrameCodec.decode(ByteBuffer.wrap(bytes)).ifPresent(frame -> {
                    switch (frame) {
                        case Frame.Ping(long ping) -> send(new Frame.Pong(ping));
                        case Frame.Pong ignored -> {
                            // it is there
                        }
                        default -> hears.received(frame);
                    }
                });
            } catch (MalformedFrameException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close(String why) {
            if (gone) {
                return;
            }
            gone = true;
            trace.add("%s: closed: %s", this, why);
            time.after(0, () -> node.run(this::ended));
            resetOther();
        }

        private void ended() {
            if (closed) {
                return;
            }
            closed = true;
            gone = true;
            queue.close();
            node.links().remove(this);
            Listener hears = listener;
            if (hears != null) {
                hears.closed();
            }
        }

        /** The other end hears of it behind what was sent before, if the way is open. */
        private void resetOther() {
            lastArrival = Math.max(lastArrival, time.millis() + 1 + random.nextInt(LATENCY));
            time.at(lastArrival + 1, () -> {
                End to = other;
                if (to != null && !isCut(node.id(), peer.id())) {
                    peer.run(() -> to.ended());
                }
            });
        }

        /** Its node is no more. */
        void vanish() {
            closed = true;
            gone = true;
            resetOther();
        }

        /** The connection breaks, and both ends hear of it. */
        void breakOff() {
            close("reset");
        }

        @Override
        public String peer() {
            return peer.id();
        }

        @Override
        public byte[] seal(byte[] text) {
            return ByteBuffer.allocate(8)
                    .putInt(number)
                    .putInt(Arrays.hashCode(text))
                    .array();
        }

        @Override
        public boolean isSealed(byte[] text, byte[] seal) {
            return Arrays.equals(seal(text), seal);
        }

        @Override
        public String toString() {
            return node.id() + (dialed ? " => " : " -> ") + peer.id() + "#" + number;
        }
    }
}
