package dev.drawbridge.history;

/**
 * Is told what becomes of versions, to count and to time it. It is called by many threads: it is quick, does not wait and does
 * not throw.
 */
public interface HistoryObserver {

    /** Nobody looks. */
    HistoryObserver NONE = new HistoryObserver() {};

    /**
     * A version was made.
     *
     * @param nanos how long that took, without waiting for its turn
     * @param bytes the size of its block
     */
    default void made(Reason reason, long nanos, long bytes) {}

    /** A version could not be made. */
    default void failed() {}

    /** Versions have gone, because they were old or too many; their bytes may follow later. */
    default void thinned(int versions) {}

    /** What all versions take, as was seen last. */
    default void kept(VersionStore.Usage usage) {}
}
