package dev.drawbridge.cluster;

import dev.drawbridge.cluster.edge.EdgeServices;
import dev.drawbridge.cluster.edge.OwnerLink;
import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.Links;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.store.Membership;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links that this node has made to the others: one to each member, from when it is known. A node that was linked, whose
 * link breaks, and whose machine says that nobody listens there any more, has died: that is told the store, so that its
 * rooms need not wait until its heartbeat lapses. Should that be wrong, it finds its heartbeat gone and lets go of them.
 */
final class Peers {
    private static final Logger log = LoggerFactory.getLogger(Peers.class);
    private static final CompletionStage<Void> ASKED = CompletableFuture.completedStage(null);

    private final String nodeId;
    private final Nodes nodes;
    private final Links links;
    private final Membership membership;
    private final EdgeServices services;
    private final Supplier<OwnerLink> self;
    private final Supplier<CompletionStage<Void>> refresh;
    private final Map<String, CompletableFuture<OwnerLink>> owners = new ConcurrentHashMap<>();
    private final Set<String> reached = ConcurrentHashMap.newKeySet();
    /** Those of whom it has been said that there is no link to them. */
    private final Set<String> unreached = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    /**
     * @param self the link of this node to itself
     * @param refresh asks who is a member
     */
    Peers(
            String nodeId,
            Nodes nodes,
            Links links,
            Membership membership,
            EdgeServices services,
            Supplier<OwnerLink> self,
            Supplier<CompletionStage<Void>> refresh) {
        this.nodeId = nodeId;
        this.nodes = nodes;
        this.links = links;
        this.membership = membership;
        this.services = services;
        this.self = self;
        this.refresh = refresh;
    }

    /** Makes links to those that have none yet. */
    void meet() {
        Set<String> present = new HashSet<>();
        for (NodeCard each : nodes.others()) {
            present.add(each.nodeId());
            var _ = link(each.nodeId());
        }
        reached.retainAll(present);
        unreached.retainAll(present);
        owners.forEach((id, owner) -> {
            if (!present.contains(id)) {
                lapsed(id, owner);
            }
        });
    }

    /** Whoever is no member has no rooms any more: nobody waits for it, and its clients look for others. */
    private void lapsed(String id, CompletableFuture<OwnerLink> owner) {
        owners.remove(id, owner);
        if (!owner.completeExceptionally(new NotReachedException(id + " is no member any more", false, null))
                && !owner.isCompletedExceptionally()) {
            owner.join().link().close("its heartbeat has lapsed");
        }
    }

    /** The link to a node, made when there is none. Fails with a {@link NotReachedException}. */
    CompletionStage<OwnerLink> link(String to) {
        if (to.equals(nodeId)) {
            return CompletableFuture.completedStage(self.get());
        }
        CompletableFuture<OwnerLink> open = owners.get(to);
        if (open != null) {
            return open;
        }
        return nodes.find(to).isPresent()
                ? dial(to)
                // It may have come just now; a question that is under way may have been asked before that.
                : refresh.get()
                        .thenCompose(asked -> nodes.find(to).isPresent() ? ASKED : refresh.get())
                        .thenCompose(asked -> dial(to));
    }

    private CompletionStage<OwnerLink> dial(String to) {
        NodeCard card = nodes.find(to).orElse(null);
        if (closed || card == null) {
            return CompletableFuture.failedStage(new NotReachedException(to + " is no member", false, null));
        }
        CompletableFuture<OwnerLink> mine = new CompletableFuture<>();
        CompletableFuture<OwnerLink> before = owners.putIfAbsent(to, mine);
        if (before != null) {
            return before;
        }
        links.dial(new Links.Address(to, card.host(), card.port()), link -> new Watched(to, mine, link))
                .whenComplete((link, error) -> {
                    if (error != null) {
                        owners.remove(to, mine);
                        mine.completeExceptionally(error);
                        notReached(to, error);
                    }
                });
        return mine;
    }

    private void notReached(String to, Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        if (cause instanceof NotReachedException why && why.isNobodyThere() && reached.remove(to)) {
            nodes.forget(to);
            membership
                    .isAlive(to)
                    .thenCompose(isMember -> isMember ? hasDied(to, why) : hasLeft(to))
                    .whenComplete((done, failed) -> {
                        if (failed != null) {
                            log.warn(
                                    "node {} is gone, and the store could not be told; its heartbeat will lapse",
                                    to,
                                    failed);
                        }
                    });
        } else if (unreached.add(to)) {
            log.info("no link to node {}, for now: {}", to, cause.toString());
        }
    }

    private CompletionStage<Void> hasDied(String to, NotReachedException why) {
        log.warn("node {} is gone: {}", to, why.getMessage());
        return membership.end(to);
    }

    /** It has told the store itself. */
    private static CompletionStage<Void> hasLeft(String to) {
        log.info("node {} has left", to);
        return CompletableFuture.completedStage(null);
    }

    /** A link, and what follows from its end. */
    private final class Watched implements Link.Listener {
        private final String to;
        private final CompletableFuture<OwnerLink> mine;
        private final OwnerLink owner;

        Watched(String to, CompletableFuture<OwnerLink> mine, Link link) {
            this.to = to;
            this.mine = mine;
            this.owner = new OwnerLink(link, services, Peers.this::link);
            reached.add(to);
            unreached.remove(to);
            log.info("link to node {}: made", to);
            if (!mine.complete(owner) || closed) {
                link.close("nobody waits for it any more");
            }
        }

        @Override
        public void received(Frame frame) {
            owner.received(frame);
        }

        @Override
        public void closed() {
            owners.remove(to, mine);
            owner.closed();
            if (!closed && nodes.find(to).isPresent()) {
                var _ = link(to); // if nobody is there, it has died
            }
        }
    }

    /** The links that are open. */
    List<OwnerLink> open() {
        return owners.values().stream()
                .filter(each -> each.isDone() && !each.isCompletedExceptionally())
                .map(CompletableFuture::join)
                .toList();
    }

    /** The nodes that they lead to, in order. */
    List<String> linked() {
        return open().stream().map(owner -> owner.link().peer()).sorted().toList();
    }

    void tick(long now) {
        open().forEach(owner -> owner.tick(now));
    }

    /** Makes no more links. */
    void close() {
        closed = true;
        open().forEach(owner -> owner.link().close("this node stops"));
    }
}
