package dev.drawbridge.host;

/** Where a {@link RoomHost} is in its life. */
public enum HostState {
    /** The store is asked for the room; inputs wait. */
    LOADING,
    /** Inputs are handled. */
    ACTIVE,
    /** Everything is stored and the room is being given back; inputs wait, and let it be loaded again. */
    DRAINING,
    /** Given back: the end. */
    CLOSED,
    /** Given up, with everything in it that was not stored: the end. */
    FAILED;

    boolean isEnd() {
        return this == CLOSED || this == FAILED;
    }

    /** The next state, which must be one that may follow this one. */
    HostState to(HostState next) {
        boolean legal =
                switch (this) {
                    case LOADING -> next == ACTIVE || next == DRAINING || next == FAILED;
                    case ACTIVE -> next == DRAINING || next == FAILED;
                    case DRAINING -> next == LOADING || next == CLOSED || next == FAILED;
                    case CLOSED, FAILED -> false;
                };
        if (!legal) {
            throw new IllegalStateException("a room host that is " + this + " cannot become " + next);
        }
        return next;
    }
}
