package dev.drawbridge.security;

import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.security.AccessDecision.Allowed;
import java.time.Duration;
import java.util.Optional;

/** Whether somebody gets what they ask for by a plain HTTP request. */
public sealed interface CallerDecision {

    /**
     * Yes.
     *
     * @param room the room it is for: the one that was named, or the only one that can be meant, which need not be a valid room id
     * @param who whom it is given to
     */
    record Granted(Optional<String> room, Allowed who) implements CallerDecision {}

    /**
     * No.
     *
     * @param why for the log; it must hold no secret
     */
    record Refused(CloseReason reason, String why) implements CallerDecision {}

    /** It depends on the room, and none is named. */
    record NameTheRoom() implements CallerDecision {}

    /**
     * Not so often.
     *
     * @param pause until the next time
     */
    record TooOften(Duration pause) implements CallerDecision {}

    /**
     * It cannot be told now: nobody's fault.
     *
     * @param why for the log; it must hold no secret
     */
    record Unavailable(String why) implements CallerDecision {}
}
