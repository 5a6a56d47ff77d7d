package dev.drawbridge.cluster.owner;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.MalformedFrameException;
import dev.drawbridge.cluster.link.Pass;
import dev.drawbridge.cluster.link.People;
import dev.drawbridge.host.ClientConnection;
import dev.drawbridge.host.Entry;
import dev.drawbridge.host.Relay;
import dev.drawbridge.host.RoomRegistry;
import dev.drawbridge.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link from an edge: its clients take part in rooms that are open here. */
public final class EdgeLink implements Link.Listener, Relay {
    private static final Logger log = LoggerFactory.getLogger(EdgeLink.class);

    private final Link link;
    private final RoomRegistry registry;
    private final Supplier<JsonObject> schema;
    private final Map<Integer, FarSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger crowds = new AtomicInteger();
    private final AtomicInteger holdNumbers = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Void>> holds = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    /**
     * Begins with nobody.
     *
     * @param schema that of rooms that are opened on this node from now on
     */
    public EdgeLink(Link link, RoomRegistry registry, Supplier<JsonObject> schema) {
        this.link = link;
        this.registry = registry;
        this.schema = schema;
    }

    /** How many sessions take part over it. */
    public int sessions() {
        return sessions.size();
    }

    public Link link() {
        return link;
    }

    // ---- what comes over it

    @Override
    public void received(Frame frame) {
        switch (frame) {
            case Frame.Join(int session, byte[] pass, byte[] seal) ->
                enter(
                        session,
                        pass,
                        seal,
                        (who, wanted) -> registry.joinFromAfar(wanted.roomId(), wanted.visitor(), who, who::outlet));
            case Frame.Said(int session, boolean last, byte[] text) -> {
                FarSession who = sessions.get(session);
                if (who != null) {
                    who.said(text, last);
                }
            }
            case Frame.Left(int session) -> {
                FarSession who = sessions.remove(session);
                if (who != null) {
                    who.left();
                }
            }
            case Frame.Overflowed(int session) -> {
                FarSession who = sessions.get(session);
                if (who != null) {
                    who.overflowed();
                }
            }
            case Frame.Folded(int session, long sinceClock) -> {
                FarSession who = sessions.get(session);
                if (who != null) {
                    who.folded(sinceClock);
                }
            }
            case Frame.Taken(int session, int bytes) -> {
                FarSession who = sessions.get(session);
                if (who != null) {
                    who.taken(bytes);
                }
            }
            case Frame.Resume(int session, byte[] pass, byte[] seal, long sinceClock) ->
                enter(
                        session,
                        pass,
                        seal,
                        (who, wanted) -> registry.resumeFromAfar(
                                wanted.roomId(), wanted.visitor(), sinceClock, who, who::outlet));
            case Frame.Held(int hold) -> held(hold);
            case Frame.Bring(int number, String roomId, byte[] people) -> bring(number, roomId, people);
            case Frame.Ask(int number, byte[] question) ->
                link.send(new Frame.Answer(number, Questions.answer(registry, question)));
            default ->
                log.debug(
                        "{}: not for an owner: {}",
                        link.peer(),
                        frame.getClass().getSimpleName());
        }
    }

    /** Brings somebody into a room. */
    private interface Entering {
        Optional<ClientConnection> enter(FarSession session, Pass pass);
    }

    private void enter(int number, byte[] sealed, byte[] seal, Entering entering) {
        Pass pass;
        try {
            pass = Pass.decode(sealed);
        } catch (MalformedFrameException e) {
            link.close("a pass that is none: " + e.getMessage());
            return;
        }
        if (!link.isSealed(sealed, seal) || pass.session() != number) {
            link.close("a pass that the other end has not sealed");
            return;
        }
        FarSession session = new FarSession(number, link, this);
        sessions.put(number, session);
        Optional<ClientConnection> joined = entering.enter(session, pass);
        if (joined.isEmpty()) {
            sessions.remove(number);
            link.send(new Frame.Close(number, true, registry.retriableCode(), ""));
            return;
        }
        session.joined(joined.get());
        joined.get().entry().thenAccept(entry -> entered(session, entry));
    }

    private void entered(FarSession session, Entry entry) {
        switch (entry) {
            case Entry.Taken ignored -> link.send(new Frame.Joined(session.number()));
            case Entry.Elsewhere(String nodeId) -> {
                sessions.remove(session.number());
                link.send(new Frame.Elsewhere(session.number(), nodeId));
            }
            case Entry.TurnedAway ignored -> sessions.remove(session.number()); // its outlet has been aborted
        }
    }

    @Override
    public void closed() {
        isClosed = true;
        List<FarSession> all = List.copyOf(sessions.values());
        sessions.clear();
        all.forEach(FarSession::left);
        List.copyOf(holds.values()).forEach(hold -> hold.completeExceptionally(new CancellationException()));
        holds.clear();
    }

    // ---- a room that moves

    /** A room comes from the other end. A release that has other records cannot tell where the people are. */
    private void bring(int number, String roomId, byte[] encoded) {
        People people;
        try {
            people = People.decode(encoded);
        } catch (MalformedFrameException e) {
            link.close(String.valueOf(e.getMessage()));
            return;
        }
        if (!people.schema().equals(schema.get())) {
            link.send(new Frame.Brought(number, false));
            return;
        }
        registry.expect(roomId, people.passengers()).thenAccept(isOpen -> link.send(new Frame.Brought(number, isOpen)));
    }

    /**
     * Has those in a room say nothing more; ends when all that they have said has been brought to it.
     *
     * @return by which number the other end knows it
     */
    public Hold hold(String roomId, List<FarOutlet> members) {
        int number = holdNumbers.incrementAndGet();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        holds.put(number, answered);
        link.send(new Frame.Hold(number, roomId));
        if (isClosed) {
            answered.completeExceptionally(new CancellationException());
        }
        return new Hold(
                number,
                answered.thenCompose(held -> CompletableFuture.allOf(members.stream()
                        .map(each -> ((FarSession) each).heldStill().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))));
    }

    /**
     * Those behind a link who say nothing more.
     *
     * @param quiet ends when nothing more comes
     */
    public record Hold(int number, CompletionStage<Void> quiet) {}

    private void held(int hold) {
        CompletableFuture<Void> answered = holds.remove(hold);
        if (answered != null) {
            answered.complete(null);
        }
    }

    /** These may go on at another node. */
    public void goOn(Hold hold, String nodeId, long clock, List<FarOutlet> members) {
        List<Integer> numbers = new ArrayList<>();
        for (FarOutlet each : members) {
            FarSession session = (FarSession) each;
            if (sessions.remove(session.number(), session)) {
                numbers.add(session.number());
                session.goesElsewhere();
            }
        }
        link.send(new Frame.Moved(hold.number, nodeId, clock, numbers));
    }

    // ---- what goes over it

    @Override
    public Crowd gather(List<FarOutlet> members, @Nullable Crowd before) {
        EdgeCrowd crowd = before instanceof EdgeCrowd known ? known : new EdgeCrowd(crowds.incrementAndGet(), link);
        crowd.become(members);
        return crowd;
    }
}
