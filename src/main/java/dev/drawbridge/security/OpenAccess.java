package dev.drawbridge.security;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets everybody in. */
final class OpenAccess implements RoomAccess {
    private static final Logger log = LoggerFactory.getLogger(OpenAccess.class);

    OpenAccess() {
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

    private static AccessDecision anybody() {
        return new AccessDecision.Allowed(Permission.EDIT, null, null, null);
    }
}
