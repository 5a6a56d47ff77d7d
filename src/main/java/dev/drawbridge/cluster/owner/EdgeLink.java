package dev.drawbridge.cluster.owner;

import dev.drawbridge.cluster.link.Frame;
import dev.drawbridge.cluster.link.Link;
import dev.drawbridge.cluster.link.MalformedFrameException;
import dev.drawbridge.cluster.link.Pass;
import dev.drawbridge.host.ClientConnection;
import dev.drawbridge.host.Entry;
import dev.drawbridge.host.Relay;
import dev.drawbridge.host.RoomRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link from an edge: its clients take part in rooms that are open here. */
public final class EdgeLink implements Link.Listener, Relay {
    private static final Logger log = LoggerFactory.getLogger(EdgeLink.class);

    private final Link link;
    private final RoomRegistry registry;
    private final Map<Integer, FarSession> sessions = new ConcurrentHashMap<>();
    private final AtomicInteger crowds = new AtomicInteger();

    public EdgeLink(Link link, RoomRegistry registry) {
        this.link = link;
        this.registry = registry;
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
            case Frame.Join(int session, byte[] pass, byte[] seal) -> join(session, pass, seal);
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
            default -> log.debug("{}: not for an owner: {}", link.peer(), frame.getClass().getSimpleName());
        }
    }

    private void join(int number, byte[] sealed, byte[] seal) {
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
        Optional<ClientConnection> joined =
                registry.joinFromAfar(pass.roomId(), pass.visitor(), session, session::outlet);
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
        List<FarSession> all = List.copyOf(sessions.values());
        sessions.clear();
        all.forEach(FarSession::left);
    }

    // ---- what goes over it

    @Override
    public Crowd gather(List<FarOutlet> members, @Nullable Crowd before) {
        EdgeCrowd crowd = before instanceof EdgeCrowd known ? known : new EdgeCrowd(crowds.incrementAndGet(), link);
        crowd.become(members);
        return crowd;
    }
}
