package dev.drawbridge.room;

import dev.drawbridge.protocol.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides as what somebody comes in: there may be too many already, and an operator may have changed its rights. */
final class Door {
    private final Limits.OfRoom limits;
    private final Sessions sessions;
    private final Map<String, Changed> changed = new HashMap<>();

    /** What an operator has decided. It holds for that user only: session ids are anybody's to choose. */
    private record Changed(@Nullable String userId, Rights rights) {}

    /** What a visitor comes in as. */
    enum Entrance {
        EDITOR,
        VIEWER,
        /** It would edit, but as many as may do so are doing it. */
        VIEWER_FOR_NOW,
        REFUSED
    }

    Door(Limits.OfRoom limits, Sessions sessions) {
        this.limits = limits;
        this.sessions = sessions;
    }

    Entrance of(Visitor visitor) {
        Sessions.Place own =
                sessions.byId(visitor.sessionId()).map(Session::place).orElse(Sessions.Place.NONE);
        int others = sessions.present() - (own.present() ? 1 : 0);
        int editors = sessions.editors() - (own.editor() ? 1 : 0);
        if (others >= limits.sessions()) {
            return Entrance.REFUSED;
        }
        if (rightsOf(visitor).readonly()) {
            return Entrance.VIEWER;
        }
        return editors >= limits.editors() ? Entrance.VIEWER_FOR_NOW : Entrance.EDITOR;
    }

    /** What a visitor may do if there are not too many who do it. */
    Rights rightsOf(Visitor visitor) {
        return Optional.ofNullable(changed.get(visitor.sessionId()))
                .filter(change -> Objects.equals(change.userId, visitor.userId()))
                .map(Changed::rights)
                .orElse(visitor.rights());
    }

    /** From now on, for as long as the room is open, this visitor may do that, whatever it comes as. */
    void change(Visitor visitor, Rights rights) {
        changed.put(visitor.sessionId(), new Changed(visitor.userId(), rights));
    }
}
