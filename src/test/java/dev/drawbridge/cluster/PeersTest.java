package dev.drawbridge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.edge.OwnerLink;
import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.HandLoop;
import dev.drawbridge.host.HostObserver;
import dev.drawbridge.store.InMemoryMembership;
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietNodes.class)
@DisplayName("The links of a node to the others")
class PeersTest {
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(8);

    private final HandClock clock = new HandClock();
    private final HandLoop loop = new HandLoop();
    private final Told store = new Told();
    private final Nodes nodes = new Nodes();
    private final Dialed links = new Dialed();
    private final EdgeServices services =
            new EdgeServices(() -> loop, 1 << 20, new ByteBudget(1 << 20), clock, HostObserver.NONE);
    private final OwnerLink self = new OwnerLink(new HandLink("me"), services, this::to);
    private final List<Runnable> refreshes = new ArrayList<>();
    private int refreshed;
    private final Peers peers = new Peers("me", nodes, links, store, services, () -> self, this::refresh);

    /** One end of a link. */
    private static final class HandLink implements Link {
        private final String peer;
        private final List<String> closed = new ArrayList<>();
        private Listener listener = new Listener() {
            @Override
            public void received(Frame frame) {
                throw new AssertionError("nobody says anything");
            }

            @Override
            public void closed() {}
        };

        HandLink(String peer) {
            this.peer = peer;
        }

        @Override
        public void send(Frame frame) {}

        @Override
        public void sendFrom(Source source) {}

        @Override
        public void hasMore() {}

        @Override
        public void close(String why) {
            closed.add(why);
            breaks();
        }

        void breaks() {
            listener.closed();
        }

        @Override
        public String peer() {
            return peer;
        }

        @Override
        public byte[] seal(byte[] text) {
            return text;
        }

        @Override
        public boolean isSealed(byte[] text, byte[] seal) {
            return true;
        }
    }

    /** Nodes are dialed, and answer when the test says so. */
    private static final class Dialed implements Links {
        private final List<Attempt> attempts = new ArrayList<>();

        private record Attempt(Address address, Function<Link, Link.Listener> listener, CompletableFuture<Link> made) {

            HandLink succeeds() {
                HandLink link = new HandLink(address.nodeId());
                link.listener = listener.apply(link);
                if (!link.closed.isEmpty()) {
                    link.breaks();
                }
                made.complete(link);
                return link;
            }

            void fails(boolean isNobodyThere) {
                made.completeExceptionally(new NotReachedException("not reached", isNobodyThere, null));
            }
        }

        @Override
        public CompletionStage<Link> dial(Address address, Function<Link, Link.Listener> listener) {
            Attempt attempt = new Attempt(address, listener, new CompletableFuture<>());
            attempts.add(attempt);
            return attempt.made;
        }

        Attempt next() {
            return attempts.removeFirst();
        }

        @Override
        public void close() {}
    }

    /** A store that counts whom it was told to be gone. */
    private final class Told implements Membership {
        private final InMemoryMembership members = new InMemoryMembership(() -> clock.millis() * 1_000_000);
        private final List<String> ended = new ArrayList<>();
        private boolean away;

        @Override
        public CompletionStage<Roll> join(String nodeId, byte[] card, Duration timeToLive) {
            return members.join(nodeId, card, timeToLive);
        }

        @Override
        public CompletionStage<Roll> renew(String nodeId, byte[] card, Duration timeToLive) {
            return members.renew(nodeId, card, timeToLive);
        }

        @Override
        public CompletionStage<Void> end(String nodeId) {
            ended.add(nodeId);
            return members.end(nodeId);
        }

        @Override
        public CompletionStage<Boolean> isAlive(String nodeId) {
            return away
                    ? CompletableFuture.failedStage(new StoreException("the store is away"))
                    : members.isAlive(nodeId);
        }

        @Override
        public void close() {}
    }

    private CompletionStage<OwnerLink> to(String nodeId) {
        throw new AssertionError("no room moves to " + nodeId);
    }

    /** Asks who is a member; the answer is the next one that the test has prepared. */
    private CompletionStage<Void> refresh() {
        refreshed++;
        if (!refreshes.isEmpty()) {
            refreshes.removeFirst().run();
        }
        return CompletableFuture.completedStage(null);
    }

    /** A heartbeat tells of these, who are members. */
    private void roll(NodeCard... cards) {
        learn(cards);
        peers.meet();
    }

    private void learn(NodeCard... cards) {
        Map<String, byte[]> others = new HashMap<>();
        for (NodeCard each : cards) {
            others.put(each.nodeId(), each.encode());
            store.join(each.nodeId(), each.encode(), TIME_TO_LIVE);
        }
        nodes.update(new Membership.Roll(true, others, "history"));
    }

    private static NodeCard card(String nodeId) {
        return Cards.card(nodeId, 0);
    }

    private static Optional<String> failure(CompletionStage<OwnerLink> link) {
        CompletableFuture<OwnerLink> future = link.toCompletableFuture();
        if (!future.isCompletedExceptionally()) {
            return Optional.empty();
        }
        Throwable error = future.exceptionNow();
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        assertThat(cause).isInstanceOf(NotReachedException.class);
        return Optional.of(String.valueOf(cause.getMessage()));
    }

    private List<String> open() {
        return peers.open().stream().map(each -> each.link().peer()).sorted().toList();
    }

    @Test
    @DisplayName("are one to each, from when it is known, at the address that it names")
    void oneEach() {
        roll(Cards.card("b", 7_071, 0, false), Cards.card("c", 7_072, 0, true));
        assertThat(links.attempts)
                .extracting(Dialed.Attempt::address)
                .containsExactly(
                        new Links.Address("b", "127.0.0.1", 7_071), new Links.Address("c", "127.0.0.1", 7_072));
        CompletionStage<OwnerLink> wanted = peers.link("b");
        roll(Cards.card("b", 7_071, 0, false), Cards.card("c", 7_072, 0, true));
        assertThat(links.attempts).as("it is being dialed already").hasSize(2);
        assertThat(open()).isEmpty();

        HandLink b = links.next().succeeds();
        links.next().succeeds();
        roll(Cards.card("b", 7_071, 0, false), Cards.card("c", 7_072, 0, true));
        assertThat(links.attempts).isEmpty();
        assertThat(open()).containsExactly("b", "c");
        assertThat(wanted.toCompletableFuture().join().link()).isSameAs(b);
        assertThat(peers.link("b").toCompletableFuture().join().link()).isSameAs(b);
    }

    @Test
    @DisplayName("lead to itself as well, without being dialed, and are not counted then")
    void itself() {
        assertThat(peers.link("me").toCompletableFuture()).isCompletedWithValue(self);
        assertThat(links.attempts).isEmpty();
        assertThat(open()).isEmpty();
    }

    @Test
    @DisplayName(
            "to a node that is not known yet are made when it turns out to be one, be it only at the second question")
    void notKnownYet() {
        refreshes.add(() -> learn());
        refreshes.add(() -> learn(card("b")));
        CompletionStage<OwnerLink> wanted = peers.link("b");
        assertThat(refreshed).isEqualTo(2);
        links.next().succeeds();
        assertThat(wanted.toCompletableFuture().join().link().peer()).isEqualTo("b");

        refreshes.add(() -> learn(card("b"), card("c")));
        var _ = peers.link("c");
        assertThat(refreshed).isEqualTo(3);
        assertThat(links.next().address().nodeId()).isEqualTo("c");

        assertThat(failure(peers.link("nobody"))).contains("nobody is no member");
        assertThat(refreshed).isEqualTo(5);
        assertThat(links.attempts).isEmpty();
    }

    @Test
    @DisplayName("are not there to a node whose card cannot be read")
    void unreadable() {
        nodes.update(new Membership.Roll(true, Map.of("b", new byte[] {1}), "history"));
        peers.meet();
        assertThat(links.attempts).isEmpty();
        assertThat(failure(peers.link("b"))).contains("b is no member");
    }

    @Test
    @DisplayName(
            "are tried again with the next heartbeat when they could not be made; a node never reached is not called gone")
    void notReached() {
        roll(card("b"));
        CompletionStage<OwnerLink> wanted = peers.link("b");
        links.next().fails(true);
        assertThat(failure(wanted)).contains("not reached");
        assertThat(store.ended).isEmpty();
        assertThat(nodes.find("b")).isPresent();

        roll(card("b"));
        links.next().succeeds();
        assertThat(open()).containsExactly("b");
    }

    @Test
    @DisplayName("of whom one breaks because its node has died have the store told, once, so that nobody waits for it")
    void hasDied() {
        roll(card("b"), card("c"));
        HandLink b = links.next().succeeds();
        links.next().succeeds();
        b.breaks();
        assertThat(open()).containsExactly("c");
        links.next().fails(true);
        assertThat(store.ended).containsExactly("b");
        assertThat(nodes.find("b")).isEmpty();
        assertThat(store.members.isAlive("b").toCompletableFuture()).isCompletedWithValue(false);

        roll(card("b"), card("c")); // by a heartbeat that was under way
        links.next().fails(true);
        assertThat(store.ended).containsExactly("b");
    }

    @Test
    @DisplayName("of whom one breaks because its node has left tell nobody: it has done so itself")
    void hasLeft() {
        roll(card("b"));
        HandLink b = links.next().succeeds();
        store.members.end("b");
        b.breaks();
        links.next().fails(true);
        assertThat(store.ended).isEmpty();
        assertThat(nodes.find("b")).isEmpty();
    }

    @Test
    @DisplayName("of whom one breaks and whose node does not answer, but may be there, call it not gone, and try again")
    void cutOff() {
        roll(card("b"));
        links.next().succeeds().breaks();
        links.next().fails(false);
        assertThat(store.ended).isEmpty();
        assertThat(nodes.find("b")).isPresent();

        roll(card("b"));
        links.next().succeeds();
        assertThat(open()).containsExactly("b");
    }

    @Test
    @DisplayName("of whom one breaks are whole again at once when its node is there")
    void breaks() {
        roll(card("b"));
        HandLink first = links.next().succeeds();
        first.breaks();
        HandLink second = links.next().succeeds();
        assertThat(open()).containsExactly("b");
        assertThat(peers.link("b").toCompletableFuture().join().link()).isSameAs(second);
        assertThat(links.attempts).isEmpty();
    }

    @Test
    @DisplayName("bear a store that is away when a node has died")
    void storeIsAway() {
        roll(card("b"));
        HandLink b = links.next().succeeds();
        store.away = true;
        b.breaks();
        links.next().fails(true);
        assertThat(store.ended).isEmpty();
    }

    @Test
    @DisplayName("to a node whose heartbeat has lapsed are closed; who waits for one waits no more; it may come back")
    void lapsed() {
        roll(card("b"), card("c"));
        HandLink b = links.next().succeeds();
        Dialed.Attempt hanging = links.next();
        CompletionStage<OwnerLink> wanted = peers.link("c");

        roll();

        assertThat(b.closed).containsExactly("its heartbeat has lapsed");
        assertThat(failure(wanted)).contains("c is no member any more");
        assertThat(open()).isEmpty();
        assertThat(links.attempts).as("it is not looked for").isEmpty();
        hanging.fails(true);
        assertThat(store.ended).isEmpty();

        roll(card("b"), card("c"));
        links.next().succeeds();
        links.next().succeeds();
        assertThat(open()).containsExactly("b", "c");
    }

    @Test
    @DisplayName("to two nodes of the same address are made to the one that is there, and the other one is not there")
    void sameAddress() {
        roll(card("after"), card("before"));
        Dialed.Attempt after = links.next();
        Dialed.Attempt before = links.next();
        assertThat(after.address().port()).isEqualTo(before.address().port());
        after.succeeds();
        before.fails(true); // "that node is not here"
        assertThat(open()).containsExactly("after");
        assertThat(failure(peers.link("before"))).isEmpty();
        links.next().fails(true);
        assertThat(store.ended)
                .as("it was never reached, and its heartbeat lapses")
                .isEmpty();
    }

    @Test
    @DisplayName("that come about when nobody waits for them any more are closed, and are not counted")
    void tooLate() {
        roll(card("b"), card("c"));
        Dialed.Attempt b = links.next();
        Dialed.Attempt c = links.next();
        roll();
        roll(card("b"));
        HandLink early = links.next().succeeds();
        assertThat(b.succeeds().closed).hasSize(1);
        assertThat(early.closed).isEmpty();
        assertThat(open()).containsExactly("b");
        assertThat(c.succeeds().closed).hasSize(1);
        assertThat(links.attempts).isEmpty();

        roll(card("b"), card("c"));
        Dialed.Attempt atTheEnd = links.next();
        peers.close();
        assertThat(atTheEnd.succeeds().closed).hasSize(1);
        assertThat(links.attempts).isEmpty();
    }

    @Test
    @DisplayName("are closed when the node stops, and no more are made")
    void closes() {
        roll(card("b"));
        HandLink b = links.next().succeeds();
        peers.close();
        assertThat(b.closed).containsExactly("this node stops");
        assertThat(links.attempts).isEmpty();
        roll(card("b"), card("c"));
        assertThat(failure(peers.link("c"))).contains("c is no member");
        assertThat(links.attempts).isEmpty();
        assertThat(store.ended).isEmpty();
    }
}
