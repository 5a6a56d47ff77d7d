package dev.drawbridge.cluster.edge;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.NotReachedException;
import dev.drawbridge.cluster.link.Pass;
import dev.drawbridge.cluster.link.People;
import dev.drawbridge.host.Entry;
import dev.drawbridge.host.SharedEvent;
import dev.drawbridge.protocol.DataEvent;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link to a node that has rooms open in which clients of this one take part. */
public final class OwnerLink implements Link.Listener {
    private static final Logger log = LoggerFactory.getLogger(OwnerLink.class);
    private static final int SERVICE_RESTART = 1012;

    private final Link link;
    private final EdgeServices services;
    private final Ways ways;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, EdgeSession> sessions = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Entry>> entering = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<Boolean>> bringing = new ConcurrentHashMap<>();
    private final Map<Integer, CompletableFuture<byte[]>> asking = new ConcurrentHashMap<>();
    private final Map<Integer, Map<Integer, EdgeSession>> crowds = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Begins with nobody.
     *
     * @param ways to the nodes that rooms move to
     */
    public OwnerLink(Link link, EdgeServices services, Ways ways) {
        this.link = link;
        this.services = services;
        this.ways = ways;
    }

    /** Finds the link to a node. */
    @FunctionalInterface
    public interface Ways {
        CompletionStage<OwnerLink> to(String nodeId);
    }

    public Link link() {
        return link;
    }

    public int sessions() {
        return sessions.size();
    }

    /** How many crowds there are among them. */
    public int crowds() {
        return crowds.size();
    }

    /** Brings a client to its room; one that is turned away is told so, and its socket closed. */
    public CompletionStage<Entry> join(EdgeSession session) {
        return enter(session, Frame.Join::new);
    }

    /** Brings a client to its room at the node that it has moved to. */
    private CompletionStage<Entry> resume(EdgeSession session, long sinceClock) {
        return enter(session, (number, pass, seal) -> new Frame.Resume(number, pass, seal, sinceClock));
    }

    /** Makes the first frame about a session. */
    private interface Entering {
        Frame frame(int number, byte[] pass, byte[] seal);
    }

    private CompletionStage<Entry> enter(EdgeSession session, Entering first) {
        CompletableFuture<Entry> entry = new CompletableFuture<>();
        int number = begin(session);
        entering.put(number, entry);
        byte[] pass = new Pass(number, session.roomId(), session.visitor()).encode();
        link.send(first.frame(number, pass, link.seal(pass)));
        if (closed) {
            closed();
        } else if (session.isClosed()) {
            leave(session, number); // while it was on the way
        }
        return entry;
    }

    private int begin(EdgeSession session) {
        int number = numbers.incrementAndGet();
        session.goesOver(this, number);
        sessions.put(number, session);
        return number;
    }

    void leave(EdgeSession session, int number) {
        if (sessions.remove(number, session)) {
            link.send(new Frame.Left(number));
            dropOut(number);
        }
        answer(number, Entry.TurnedAway.INSTANCE);
    }

    void send(Frame frame) {
        link.send(frame);
    }

    /** Time has passed; about once a second, always by the same thread. */
    public void tick(long now) {
        sessions.values().forEach(session -> session.tick(now));
    }

    /** What waits for the sockets of its clients, in bytes. */
    public long queuedBytes() {
        return sessions.values().stream().mapToLong(EdgeSession::queuedBytes).sum();
    }

    // ---- what comes over it

    @Override
    public void received(Frame frame) {
        switch (frame) {
            case Frame.Joined(int session) -> answer(session, Entry.Taken.INSTANCE);
            case Frame.Elsewhere(int session, String nodeId) -> {
                sessions.remove(session);
                answer(session, new Entry.Elsewhere(nodeId));
            }
            case Frame.Told(int crowd, int except, DataEvent event) -> tell(crowd, except, event);
            case Frame.Crowd(int crowd, var added, var removed) -> change(crowd, added, removed);
            case Frame.Heard(int session, int bytes) -> {
                EdgeSession who = sessions.get(session);
                if (who != null) {
                    who.heard(bytes);
                }
            }
            case Frame.Event(int session, boolean caughtUp, DataEvent event) -> {
                EdgeSession who = sessions.get(session);
                if (who != null && caughtUp) {
                    who.caughtUp(shared(event));
                } else if (who != null) {
                    who.told(shared(event));
                }
            }
            case Frame.Message(int session, long hydratesTo, byte[] text) -> {
                EdgeSession who = sessions.get(session);
                if (who != null) {
                    who.message(text, hydratesTo < 0 ? OptionalLong.empty() : OptionalLong.of(hydratesTo));
                }
            }
            case Frame.Hydration(int session, long hydratesTo, long length) -> {
                EdgeSession who = sessions.get(session);
                if (who != null) {
                    who.hydration(length, hydratesTo);
                }
            }
            case Frame.Piece(int session, byte[] bytes) -> {
                EdgeSession who = sessions.get(session);
                if (who != null) {
                    who.piece(bytes);
                }
            }
            case Frame.Sign(int session) -> {
                EdgeSession who = sessions.get(session);
                if (who != null) {
                    who.sign();
                }
            }
            case Frame.Close(int session, boolean atOnce, int code, String reason) -> {
                EdgeSession who = sessions.get(session);
                if (who != null && atOnce) {
                    who.abort(code, reason);
                } else if (who != null) {
                    who.close(code, reason);
                }
                answer(session, Entry.TurnedAway.INSTANCE);
            }
            case Frame.Brought(int number, boolean isOpen) -> {
                CompletableFuture<Boolean> waiting = bringing.remove(number);
                if (waiting != null) {
                    waiting.complete(isOpen);
                }
            }
            case Frame.Answer(int number, byte[] answer) -> {
                CompletableFuture<byte[]> waiting = asking.remove(number);
                if (waiting != null) {
                    waiting.complete(answer);
                }
            }
            case Frame.Hold(int hold, String roomId) -> hold(hold, roomId);
            case Frame.Moved(int hold, String nodeId, long clock, var goOn) -> moved(hold, nodeId, clock, goOn);
            default ->
                log.debug(
                        "{}: not for an edge: {}", link.peer(), frame.getClass().getSimpleName());
        }
    }

    private void answer(int session, Entry entry) {
        CompletableFuture<Entry> waiting = entering.remove(session);
        if (waiting != null) {
            waiting.complete(entry);
        }
    }

    private SharedEvent shared(DataEvent event) {
        return new SharedEvent(event, services.outgoing());
    }

    private void tell(int crowd, int except, DataEvent event) {
        SharedEvent shared = shared(event);
        crowds.getOrDefault(crowd, Map.of()).forEach((number, each) -> {
            if (number != except) {
                each.told(shared);
            }
        });
    }

    private void change(int crowd, List<Integer> added, List<Integer> removed) {
        crowds.compute(crowd, (number, before) -> {
            Map<Integer, EdgeSession> members = before == null ? new ConcurrentHashMap<>() : before;
            removed.forEach(members::remove);
            for (int session : added) {
                EdgeSession who = sessions.get(session);
                if (who != null) {
                    members.put(session, who);
                }
            }
            return members.isEmpty() ? null : members;
        });
    }

    /** It takes no part any more. Its crowds may never be told of again: the room may be empty now, or gone. */
    private void dropOut(int session) {
        for (Integer crowd : crowds.keySet()) {
            crowds.computeIfPresent(crowd, (number, members) -> {
                members.remove(session);
                return members.isEmpty() ? null : members;
            });
        }
    }

    /** How many sessions it keeps for what they are told together. */
    int inCrowds() {
        return crowds.values().stream().mapToInt(Map::size).sum();
    }

    // ---- questions

    /** Asks the other node something; who has waited long enough for the answer cancels it. Fails when the link is closed. */
    public CompletableFuture<byte[]> ask(byte[] question) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        int number = numbers.incrementAndGet();
        asking.put(number, answer);
        var _ = answer.whenComplete((done, error) -> asking.remove(number));
        link.send(new Frame.Ask(number, question));
        if (closed) {
            closed();
        }
        return answer;
    }

    // ---- a room that moves

    /** A room of this node goes to the other one; ends with whether it is open there. */
    public CompletionStage<Boolean> bring(String roomId, People people) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        int number = numbers.incrementAndGet();
        bringing.put(number, answer);
        link.send(new Frame.Bring(number, roomId, people.encode()));
        if (closed) {
            closed();
        }
        return answer;
    }

    /** Who is on the way in says nothing, and may have to go in elsewhere with a socket that nobody has paused. */
    private void hold(int number, String roomId) {
        List<EdgeSession> inRoom = sessions.entrySet().stream()
                .filter(each -> each.getValue().roomId().equals(roomId) && !entering.containsKey(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        var _ = CompletableFuture.allOf(inRoom.stream()
                        .map(session -> session.hold().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenRun(() -> link.send(new Frame.Held(number)));
    }

    private void moved(int number, String nodeId, long clock, List<Integer> goOn) {
        log.debug("move {} from {} to {}: {} sessions go on", number, link.peer(), nodeId, goOn.size());
        CompletionStage<OwnerLink> way = ways.to(nodeId);
        for (int each : goOn) {
            EdgeSession session = sessions.remove(each);
            if (session != null) {
                dropOut(each);
                if (session.moved()) {
                    way.thenCompose(owner -> owner.resume(session, clock))
                            .whenComplete((entry, error) -> resumed(session, entry, error));
                }
            }
        }
    }

    private static void resumed(EdgeSession session, @Nullable Entry entry, @Nullable Throwable error) {
        if (entry instanceof Entry.Taken) {
            session.goOn();
        } else {
            log.debug("session {} cannot go on: {}", session.visitor().sessionId(), entry, error);
            session.abort(SERVICE_RESTART, "");
        }
    }

    /** Closes the sockets of all its clients, after what they have been told; they connect again. */
    public void closeSockets() {
        sessions.values().forEach(session -> session.close(SERVICE_RESTART, ""));
    }

    /** Its clients connect again, and find whoever has their rooms then. */
    @Override
    public void closed() {
        closed = true;
        List<EdgeSession> all = List.copyOf(sessions.values());
        sessions.clear();
        crowds.clear();
        all.forEach(session -> session.abort(SERVICE_RESTART, ""));
        List.copyOf(entering.keySet()).forEach(session -> answer(session, Entry.TurnedAway.INSTANCE));
        bringing.values().forEach(waiting -> waiting.complete(false));
        List.copyOf(asking.values())
                .forEach(waiting -> waiting.completeExceptionally(
                        new NotReachedException("the link to " + link.peer() + " is closed", false, null)));
    }
}
