package dev.drawbridge.host;

/** Whether this node may go on with the rooms that it has open. */
@FunctionalInterface
public interface Lease {

    /** For a node that is alone. */
    Lease FOR_EVER = now -> true;

    /**
     * Whether it may.
     *
     * @param now in milliseconds of the host's clock
     */
    boolean isHeld(long now);

    /** A room of this node was found to be another's: the others may have taken this node for gone. */
    default void doubted() {}
}
