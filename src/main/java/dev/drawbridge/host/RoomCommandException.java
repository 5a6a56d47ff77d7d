package dev.drawbridge.host;

import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.Limit;

/** Why a command was not carried out. Nothing has changed then, but for {@link Unavailable}, which does not know. */
public abstract sealed class RoomCommandException extends Exception {

    private static final int LONGEST = 1_000;

    private RoomCommandException(String message) {
        super(Quoted.line(message, LONGEST), null, false, false);
    }

    /** There is no such room, neither open nor stored. */
    public static final class NoSuchRoom extends RoomCommandException {
        NoSuchRoom(String roomId) {
            super("There is no room " + roomId);
        }
    }

    /** There is such a room already. */
    public static final class RoomExists extends RoomCommandException {
        RoomExists(String roomId) {
            super("There is a room " + roomId + " already");
        }
    }

    /** Nobody with this session id is in the room. */
    public static final class NoSuchSession extends RoomCommandException {
        NoSuchSession(String roomId, String sessionId) {
            super("There is no session " + Quoted.bare(sessionId) + " in the room " + roomId);
        }
    }

    /** The room is at another clock than the command was made for. */
    public static final class ClockMismatch extends RoomCommandException {
        private final long documentClock;

        ClockMismatch(long documentClock) {
            super("The room is at clock " + documentClock);
            this.documentClock = documentClock;
        }

        public long documentClock() {
            return documentClock;
        }
    }

    /** A record or a snapshot is invalid; the message says which and where. */
    public static final class Invalid extends RoomCommandException {
        Invalid(String message) {
            super(message);
        }
    }

    /** The room, or this node, would have more than it may have. */
    public static final class LimitReached extends RoomCommandException {
        private final Limit limit;

        LimitReached(Limit limit, String message) {
            super(message);
            this.limit = limit;
        }

        public Limit limit() {
            return limit;
        }
    }

    /** Another node has the room open, or is about to. */
    public static final class OwnedElsewhere extends RoomCommandException {
        private final String nodeId;

        OwnedElsewhere(String roomId, String nodeId) {
            super("The room " + roomId + " is at the node " + nodeId + " by now. Nothing was done");
            this.nodeId = nodeId;
        }

        public String nodeId() {
            return nodeId;
        }
    }

    /** There is no such node. */
    public static final class NoSuchNode extends RoomCommandException {
        NoSuchNode(String nodeId) {
            super("There is no node " + Quoted.bare(nodeId));
        }
    }

    /** The room can go nowhere, or not there. */
    public static final class CannotMove extends RoomCommandException {
        CannotMove(String why) {
            super(why);
        }
    }

    /** It takes a cluster, and there is none. */
    public static final class NoCluster extends RoomCommandException {
        NoCluster(String why) {
            super(why);
        }
    }

    /**
     * The room cannot be used now: its store does not answer, or it is being given up or handed over. Whether the command
     * was carried out is unknown.
     */
    public static final class Unavailable extends RoomCommandException {
        Unavailable(String why) {
            super(why);
        }

        /** There is no memory to read something as large as what was asked for. */
        public static Unavailable noMemory() {
            return new Unavailable(
                    "Other requests have the memory for rooms that are read, at the moment. Nothing was done");
        }
    }
}
