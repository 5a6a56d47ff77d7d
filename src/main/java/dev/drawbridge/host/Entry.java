package dev.drawbridge.host;

/** What came of somebody's wanting to enter a room. */
public sealed interface Entry {

    /** It has come in, or was told why not. */
    record Taken() implements Entry {
        public static final Taken INSTANCE = new Taken();
    }

    /** Another node has the room open: nothing has happened, and the socket is free to be taken there. */
    record Elsewhere(String nodeId) implements Entry {}

    /** The room cannot be used at the moment: the socket has been closed so that its client connects again. */
    record TurnedAway() implements Entry {
        public static final TurnedAway INSTANCE = new TurnedAway();
    }
}
