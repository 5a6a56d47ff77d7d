package dev.drawbridge.host;

import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.ConnectResponse.HydrationType;
import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;

/**
 * Is told what happens at a node, to count and to time it. It is called on hot paths and by many threads: it is quick, does
 * not wait and does not throw. Times are in nanoseconds.
 */
public interface HostObserver {

    /** Nobody looks. */
    HostObserver NONE = new HostObserver() {};

    /** A message of a client was read; its length is in characters, all its chunks together. */
    default void received(ClientMessage message, int length) {}

    /** A message was sent to a client. */
    default void sent(long bytes) {}

    /** Events for a client that reads slowly were dropped, and it was told what has become of the room instead. */
    default void folded() {}

    /** A push was worked through by its room. */
    default void pushed(long nanos) {}

    /** A client is told what became of its push. */
    default void pushAnswered(DataEvent.Verdict verdict) {}

    /** A client was given the room. */
    default void hydrated(HydrationType type, long bytes) {}

    /** A session was refused for good. */
    default void refused(RefusalReason reason) {}

    /** A socket was closed so that its client may connect again, with this WebSocket close code. */
    default void closed(int code) {}

    /** A bound was hit: something was not taken, or a client was cut off. */
    default void limitHit(Limit limit) {}

    /** A client read so slowly that it was cut off. */
    default void slowConsumer() {}

    /** A room was loaded from the store. */
    default void roomLoaded(long nanos) {}

    /** A room was given up, with what was not stored of it. */
    default void roomFailed() {}

    /** A commit was stored. */
    default void committed(long nanos, int records, long bytes) {}

    /** The store failed at something, or did not answer in time. */
    default void storeFailed(StoreOperation operation) {}

    /** An answer that had waited for a commit left the gate. */
    default void gateWaited(long nanos) {}

    /** The ownership of a room changed. */
    default void ownership(OwnershipChange change) {}

    /** A service has been asked about the writes of a push; the time is from when it was to be asked. */
    default void authorized(AuthorizerOutcome outcome, long nanos) {}

    /** What has come of a question to the service that decides about writes. But for the first all writes are refused. */
    enum AuthorizerOutcome {
        ANSWERED,
        TIMED_OUT,
        /** Its answer says nothing. */
        UNUSABLE,
        UNREACHABLE,
        /** It was not asked, because too many questions wait for it. */
        BUSY
    }

    /** What a store is asked for. */
    enum StoreOperation {
        OPEN,
        COMMIT,
        RELEASE,
        DELETE
    }

    /** How the ownership of a room changed. */
    enum OwnershipChange {
        /** This node became the owner. */
        TAKEN,
        /** This node gave the room back. */
        RELEASED,
        /** Somebody else became the owner: this node was fenced. */
        LOST
    }
}
