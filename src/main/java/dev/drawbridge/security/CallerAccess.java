package dev.drawbridge.security;

import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import dev.drawbridge.security.AccessDecision.Unavailable;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Decides about what belongs to rooms and is asked for by plain HTTP requests: whoever may edit, or see, the room gets it.
 * Without a room {@link RoomAccess} says whether one has to be named. Where strangers are let in, each address has a rate.
 * It may wait, as {@link RoomAccess} may.
 */
@Component
public class CallerAccess {
    private static final Logger log = LoggerFactory.getLogger(CallerAccess.class);

    private final RoomAccess access;

    public CallerAccess(RoomAccess access) {
        this.access = access;
    }

    /**
     * Decides.
     *
     * @param room the room that is named, always a valid room id
     * @param needed what one must be allowed to do in the room
     * @param rate how often an address may ask for it where strangers are let in
     */
    public CallerDecision decide(Caller caller, Optional<String> room, Permission needed, AddressRate rate) {
        if (access.letsStrangersIn()) {
            Duration pause = rate.take(caller.remoteAddress());
            if (pause.isPositive()) {
                return new CallerDecision.TooOften(pause);
            }
        }
        return decide(caller, room, needed);
    }

    /**
     * Decides however often somebody asks.
     *
     * @param room the room that is named, always a valid room id
     * @param needed what one must be allowed to do in the room
     */
    public CallerDecision decide(Caller caller, Optional<String> room, Permission needed) {
        try {
            return room.isEmpty()
                    ? withoutRoom(caller, needed)
                    : decision(access.decide(caller.enters(room.get())), room, needed);
        } catch (RuntimeException e) {
            log.error("{}: it cannot be told what this one may do", caller, e);
            return new CallerDecision.Unavailable(e.getClass().getSimpleName());
        }
    }

    private CallerDecision withoutRoom(Caller caller, Permission needed) {
        return switch (access.decideWithoutRoom(caller)) {
            case RoomlessDecision.Told(AccessDecision told, Optional<String> room) -> decision(told, room, needed);
            case RoomlessDecision.DependsOnTheRoom() -> new CallerDecision.NameTheRoom();
        };
    }

    private static CallerDecision decision(AccessDecision decision, Optional<String> room, Permission needed) {
        return switch (decision) {
            case Allowed allowed
            when needed == Permission.VIEW || allowed.permission() == Permission.EDIT ->
                new CallerDecision.Granted(room, allowed);
            case Allowed _ -> new CallerDecision.Refused(RefusalReason.FORBIDDEN, "it is for those who may edit");
            case Denied(CloseReason reason, String why) -> new CallerDecision.Refused(reason, why);
            case Unavailable(String why) -> new CallerDecision.Unavailable(why);
        };
    }
}
