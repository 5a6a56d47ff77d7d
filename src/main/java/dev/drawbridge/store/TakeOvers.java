package dev.drawbridge.store;

/** Is told when a node takes over a room that somebody is named as the owner of. It must not wait. */
@FunctionalInterface
public interface TakeOvers {

    /** Where nobody wants to know. */
    TakeOvers UNOBSERVED = (roomId, reason) -> {};

    void takenOver(String roomId, Reason reason);

    /** Why the room could be taken. */
    enum Reason {
        /** The node that was named is not alive. */
        DEAD,
        /** The node itself was named, by an opening of its own that it knows nothing of any more. */
        OWN,
        /** The owner before has named the node as its successor. */
        HANDED_OVER
    }
}
