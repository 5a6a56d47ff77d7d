package dev.drawbridge.security;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets everybody in. */
final class OpenAccess implements RoomAccess {
    private static final Logger log = LoggerFactory.getLogger(OpenAccess.class);

    private final HistoryAccess history;

    /** @param history what everybody may do with the past of every room */
    OpenAccess(HistoryAccess history) {
        this.history = history;
        log.warn(
                "Everybody who reaches this server may enter and edit every room; drawbridge.access.mode changes that");
    }

    @Override
    public AccessDecision decide(AccessRequest request) {
        return anybody();
    }

    @Override
    public RoomlessDecision decideWithoutRoom(Caller caller) {
        return new RoomlessDecision.Told(anybody(), Optional.empty());
    }

    @Override
    public boolean letsStrangersIn() {
        return true;
    }

    private AccessDecision anybody() {
        return new AccessDecision.Allowed(Permission.EDIT, Permission.EDIT.objects(), history, null, null, null);
    }
}
