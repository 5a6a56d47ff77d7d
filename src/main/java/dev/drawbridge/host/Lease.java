package dev.drawbridge.host;

/** Whether this node may go on with the rooms that it has open. */
@FunctionalInterface
public interface Lease {

    /** For a node that is alone. */
    Lease FOR_EVER = now -> true;

    /**
     * Whether it may at this moment.
     *
     * @param now in milliseconds of the host's clock
     */
    boolean isHeld(long now);
}
