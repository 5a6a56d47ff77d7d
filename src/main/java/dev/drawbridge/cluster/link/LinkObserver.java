package dev.drawbridge.cluster.link;

/** Is told what goes over links, to count and to time it. Quick, does not wait and does not throw. */
public interface LinkObserver {
    LinkObserver NONE = new LinkObserver() {};

    default void sent(long bytes) {}

    default void received(long bytes) {}

    /** How long it took to the other end and back, in nanoseconds. */
    default void roundTrip(long nanos) {}
}
