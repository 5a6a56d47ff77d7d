package dev.drawbridge.agents;

import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.CloseReason;
import dev.drawbridge.protocol.Limit;

/**
 * Why something that an agent wanted is not done; the message is for who has asked. Nothing has changed then, but for
 * {@link Unknown}, which does not know.
 */
public abstract sealed class AgentException extends Exception {
    private static final int LONGEST = 1_000;

    private AgentException(String message) {
        super(Quoted.line(message, LONGEST), null, false, false);
    }

    /** There is no such room, or no more. */
    public static final class NoSuchRoom extends AgentException {
        NoSuchRoom(String roomId) {
            super("There is no room " + roomId);
        }
    }

    /** The agent may not do that in this room. */
    public static final class NotAllowed extends AgentException {
        private final CloseReason reason;

        NotAllowed(CloseReason reason, String why) {
            super(why);
            this.reason = reason;
        }

        /** What a person would be shown. */
        public CloseReason reason() {
            return reason;
        }
    }

    /** A record is invalid; the message says which and where, in the room's words. */
    public static final class Invalid extends AgentException {
        Invalid(String why) {
            super(why);
        }
    }

    /** The room has passed over all of it: it may not be written as it is. */
    public static final class Discarded extends AgentException {
        Discarded(String why) {
            super(why);
        }
    }

    /** As many are in the room as may be. */
    public static final class RoomFull extends AgentException {
        RoomFull(String roomId) {
            super("As many are in the room " + roomId + " as may be");
        }
    }

    /** A message, a session, a room or this node would have more than it may have. */
    public static final class LimitReached extends AgentException {
        private final Limit limit;

        LimitReached(Limit limit, String why) {
            super(why);
            this.limit = limit;
        }

        public Limit limit() {
            return limit;
        }
    }

    /** As many agents are at work at this node as may be, or too much waits for this one already. */
    public static final class Busy extends AgentException {
        Busy(String why) {
            super(why);
        }
    }

    /** The room, or the past of it, cannot be used now. Nothing was done. */
    public static final class Unavailable extends AgentException {
        Unavailable(String why) {
            super(why);
        }
    }

    /** The room was lost in the middle of it: it may have been done. Whoever wants to know looks at the board. */
    public static final class Unknown extends AgentException {
        Unknown(String why) {
            super(why);
        }
    }
}
