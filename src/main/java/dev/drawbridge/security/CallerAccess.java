package dev.drawbridge.security;

import dev.drawbridge.host.RoomPattern;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import dev.drawbridge.security.AccessDecision.Denied;
import dev.drawbridge.security.AccessDecision.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
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
        return tooOften(caller, rate).orElseGet(() -> decide(caller, room, needed));
    }

    /**
     * Decides however often somebody asks.
     *
     * @param room the room that is named, always a valid room id
     * @param needed what one must be allowed to do in the room
     */
    public CallerDecision decide(Caller caller, Optional<String> room, Permission needed) {
        Need need = new Need(
                allowed -> needed == Permission.VIEW || allowed.permission() == Permission.EDIT,
                "it is for those who may edit");
        return decide(caller, () -> room.isEmpty() ? withoutRoom(caller, need) : entering(caller, room.get(), need));
    }

    /**
     * Decides about a room's past.
     *
     * @param room always a valid room id
     * @param needed what one must be allowed to do with the past of the room
     * @param rate how often an address may ask for it where strangers are let in
     */
    public CallerDecision decide(Caller caller, String room, HistoryAccess needed, AddressRate rate) {
        return tooOften(caller, rate).orElseGet(() -> decide(caller, room, needed));
    }

    /**
     * Decides about a room's past however often somebody asks.
     *
     * @param room always a valid room id
     * @param needed what one must be allowed to do with the past of the room
     */
    public CallerDecision decide(Caller caller, String room, HistoryAccess needed) {
        Need need = new Need(
                allowed -> allowed.permits(needed), "the room's past is for those who are given it: " + needed);
        return decide(caller, () -> entering(caller, room, need));
    }

    /** Whether everybody is let in, so that a token is good for nothing. */
    public boolean letsStrangersIn() {
        return access.letsStrangersIn();
    }

    /**
     * The rooms that somebody may enter, as far as that can be told without asking for each: ids, and patterns as {@link
     * #covers} knows them.
     */
    public List<String> rooms(Caller caller) {
        try {
            return access.rooms(caller);
        } catch (RuntimeException e) {
            log.error("{}: it cannot be told which rooms this one may enter", caller, e);
            return List.of();
        }
    }

    /** Whether a room is one of those that {@link #rooms} has told of. */
    public static boolean covers(String pattern, String room) {
        return RoomPattern.matches(pattern, room);
    }

    /** Whether what {@link #rooms} has told of is one room. */
    public static boolean isOneRoom(String pattern) {
        return RoomPattern.isOneRoom(pattern);
    }

    /**
     * What one must be allowed to do.
     *
     * @param otherwise why it is refused to others, for the log
     */
    private record Need(Predicate<Allowed> isMet, String otherwise) {}

    private Optional<CallerDecision> tooOften(Caller caller, AddressRate rate) {
        if (!access.letsStrangersIn()) {
            return Optional.empty();
        }
        Duration pause = rate.take(caller.remoteAddress());
        return pause.isPositive() ? Optional.of(new CallerDecision.TooOften(pause)) : Optional.empty();
    }

    private static CallerDecision decide(Caller caller, Supplier<CallerDecision> answer) {
        try {
            return answer.get();
        } catch (RuntimeException e) {
            log.error("{}: it cannot be told what this one may do", caller, e);
            return new CallerDecision.Unavailable(e.getClass().getSimpleName());
        }
    }

    private CallerDecision entering(Caller caller, String room, Need need) {
        return decision(access.decide(caller.enters(room)), Optional.of(room), need);
    }

    private CallerDecision withoutRoom(Caller caller, Need need) {
        return switch (access.decideWithoutRoom(caller)) {
            case RoomlessDecision.Told(AccessDecision told, Optional<String> room) -> decision(told, room, need);
            case RoomlessDecision.DependsOnTheRoom() -> new CallerDecision.NameTheRoom();
        };
    }

    private static CallerDecision decision(AccessDecision decision, Optional<String> room, Need need) {
        return switch (decision) {
            case Allowed allowed when need.isMet().test(allowed) -> new CallerDecision.Granted(room, allowed);
            case Allowed _ -> new CallerDecision.Refused(RefusalReason.FORBIDDEN, need.otherwise());
            case Denied(CloseReason reason, String why) -> new CallerDecision.Refused(reason, why);
            case Unavailable(String why) -> new CallerDecision.Unavailable(why);
        };
    }
}
