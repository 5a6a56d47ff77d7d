package dev.drawbridge.store;

/** The answer to whether a room may be opened. That something went wrong is an exception. */
public sealed interface Opening permits OpenedRoom, Opening.OwnedElsewhere {

    /**
     * Another node has it open, and is alive: nothing was changed.
     *
     * @param nodeId which one
     */
    record OwnedElsewhere(String nodeId) implements Opening {}
}
