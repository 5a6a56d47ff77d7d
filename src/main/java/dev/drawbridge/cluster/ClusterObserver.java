package dev.drawbridge.cluster;

/** Is told what happens among the nodes, to count it. Quick, does not wait and does not throw. */
public interface ClusterObserver {
    ClusterObserver NONE = new ClusterObserver() {};

    /** This node had to let go of all its rooms. */
    default void heartbeatLost() {}

    /** A room of this node was found to be another's when it was to be committed. */
    default void fenced() {}

    /** A room was handed over to another node, or could not be. */
    default void handedOver(boolean done) {}
}
