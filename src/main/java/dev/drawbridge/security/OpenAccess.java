package dev.drawbridge.security;

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
        return new AccessDecision.Allowed(Permission.EDIT, null, null, null);
    }
}
