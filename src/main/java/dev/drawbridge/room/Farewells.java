package dev.drawbridge.room;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.ServerMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of sessions: lost for a while, refused for good, removed with their presence (§7, §15). */
final class Farewells {
    private final Sessions sessions;
    private final Presences presences;
    private final RoomDocument document;

    Farewells(Sessions sessions, Presences presences, RoomDocument document) {
        this.sessions = sessions;
        this.presences = presences;
        this.document = document;
    }

    /** Its socket is closed, and it waits for a while in case its client comes back. */
    void lose(Session session, String why, long now, List<Effect> effects) {
        session.lost(now);
        sessions.changed(session);
        close(session, null, why, effects);
    }

    /** Ends a session at once; its presence disappears for everybody. */
    void remove(Session session, @Nullable CloseReason reason, String why, List<Effect> effects) {
        removeAll(List.of(new Leaving(session, reason, why)), effects);
    }

    /**
     * A session that ends.
     *
     * @param reason why it is refused; {@code null} when its client may come back
     */
    record Leaving(Session session, @Nullable CloseReason reason, String why) {}

    /** Ends sessions at once; the others are told of all of them in one go. */
    void removeAll(List<Leaving> leaving, List<Effect> effects) {
        Map<String, RecordOp> gone = new LinkedHashMap<>();
        for (Leaving each : leaving) {
            sessions.remove(each.session);
            sayGoodbye(each.session, each.reason, each.why, effects);
            if (presences.remove(each.session.presenceId(), document.clock())) {
                gone.put(each.session.presenceId(), RecordOp.Remove.INSTANCE);
            }
        }
        if (!gone.isEmpty()) {
            DataEvent patch = new DataEvent.Patch(document.clock(), new NetworkDiff(gone));
            for (Sessions.Audience audience : sessions.audiences()) {
                effects.add(new Effect.Broadcast(audience.dialect(), audience.connections(), null, patch));
            }
        }
        leaving.forEach(each -> effects.add(new Effect.SessionRemoved(each.session.id())));
        if (!leaving.isEmpty() && sessions.isEmpty()) {
            effects.add(new Effect.RoomBecameEmpty());
        }
    }

    /** Another socket takes the place of this session's; its presence stays. */
    void replace(Session session, List<Effect> effects) {
        sessions.remove(session);
        close(session, null, "replaced by a new socket", effects);
    }

    /** Ends all sessions, and nobody is told of another's end. */
    void endAll(@Nullable CloseReason reason, String why, List<Effect> effects) {
        for (Session session : sessions.all()) {
            sessions.remove(session);
            sayGoodbye(session, reason, why, effects);
        }
    }

    /** Clients before protocol 7 are told a reason by a message, the others by the close (§7). */
    private static void sayGoodbye(Session session, @Nullable CloseReason reason, String why, List<Effect> effects) {
        if (reason != null && session.wantsLegacyRefusal() && session.connection() != Absent.SOMEWHERE) {
            effects.add(new Effect.Send(session.connection(), new ServerMessage.IncompatibilityError(reason.kind())));
            close(session, null, reason + ": " + why, effects);
        } else {
            close(session, reason, why, effects);
        }
    }

    private static void close(Session session, @Nullable CloseReason reason, String why, List<Effect> effects) {
        if (session.connection() != Absent.SOMEWHERE) {
            effects.add(new Effect.Close(session.connection(), Optional.ofNullable(reason), why));
        }
    }
}
