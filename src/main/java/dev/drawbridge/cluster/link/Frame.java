package dev.drawbridge.cluster.link;

import dev.drawbridge.protocol.DataEvent;
import java.util.List;

/**
 * What goes over a link. Sessions and crowds have numbers, which are given once and never again on the same link: those of
 * sessions by the edge, those of crowds by the owner.
 */
public sealed interface Frame {

    // ---- from the edge

    /**
     * A client wants to enter a room. Nothing of what it says is sent before the answer.
     *
     * @param pass who it is and where it wants to go, see {@link Pass}
     * @param seal proves that the edge has let it in
     */
    record Join(int session, byte[] pass, byte[] seal) implements Frame {}

    /**
     * Somebody goes on in a room that has moved.
     *
     * @param sinceClock the clock that its client has reached, or will have when it has read all that waits for it
     */
    record Resume(int session, byte[] pass, byte[] seal, long sinceClock) implements Frame {}

    /** A part of a client's message has come, as UTF-8. */
    record Said(int session, boolean last, byte[] text) implements Frame {}

    /** A client's socket is closed. */
    record Left(int session) implements Frame {}

    /** A client reads so slowly that it was cut off. */
    record Overflowed(int session) implements Frame {}

    /** A client reads so slowly that events for it were dropped: it is to be told what has become since. */
    record Folded(int session, long sinceClock) implements Frame {}

    /** So much of a hydration has been taken by the client's socket: more may be sent. */
    record Taken(int session, int bytes) implements Frame {}

    /** Nothing more is said by those in a room that is to move: all that was is before this. */
    record Held(int hold) implements Frame {}

    // ---- from the owner

    /** The client has entered: what it says may be sent. */
    record Joined(int session) implements Frame {}

    /** Another node has the room. */
    record Elsewhere(int session, String nodeId) implements Frame {}

    /** So much of what the client has said has been taken in: more may be sent. */
    record Heard(int session, int bytes) implements Frame {}

    /** An event for one client. */
    record Event(int session, boolean caughtUp, DataEvent event) implements Frame {}

    /** Who is told the same has changed. */
    record Crowd(int crowd, List<Integer> added, List<Integer> removed) implements Frame {}

    /**
     * An event for all of a crowd.
     *
     * @param except the number of a session that is not told; 0 is none
     */
    record Told(int crowd, int except, DataEvent event) implements Frame {}

    /**
     * Any other message for one client.
     *
     * @param hydratesTo the clock that it brings the client to; negative when it is no hydration
     */
    record Message(int session, long hydratesTo, byte[] text) implements Frame {}

    /** A hydration begins, of which the pieces follow. */
    record Hydration(int session, long hydratesTo, long length) implements Frame {}

    /** The next piece of it. */
    record Piece(int session, byte[] bytes) implements Frame {}

    /** The client is heard. */
    record Sign(int session) implements Frame {}

    /**
     * A client's socket is to be closed, or to be closed without waiting for what it has not taken.
     *
     * @param code a close code of WebSocket
     */
    record Close(int session, boolean atOnce, int code, String reason) implements Frame {}

    /** A room is to move: nothing more shall be said in it, and {@link Held} be answered. */
    record Hold(int hold, String roomId) implements Frame {}

    /**
     * A room has moved: those in it may go on at another node; whoever is not named has to connect again.
     *
     * @param clock what all who are named have been told of
     */
    record Moved(int hold, String nodeId, long clock, List<Integer> sessions) implements Frame {}

    // ---- from whoever dials

    /** A room that is being moved comes to the other side, with who was in it. */
    record Bring(int number, String roomId, byte[] people) implements Frame {}

    /** The answer: whether it has the room open now. */
    record Brought(int number, boolean isOpen) implements Frame {}

    /** A question to the other node, and its answer, in JSON. */
    record Ask(int number, byte[] question) implements Frame {}

    record Answer(int number, byte[] answer) implements Frame {}

    // ---- from both

    /** Are you there? */
    record Ping(long number) implements Frame {}

    record Pong(long number) implements Frame {}
}
