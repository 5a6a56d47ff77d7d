package dev.drawbridge.history;

import java.util.List;

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

    /** The same, to know which one. */
    default void created(String roomId, Version version) {}

    /** A version could not be made. */
    default void failed() {}

    /** Versions have gone, because they were old or too many; their bytes may follow later. */
    default void thinned(int versions) {}

    /** What all versions take, as was seen last. */
    default void kept(VersionStore.Usage usage) {}

    /** Several who are told the same, in this order. */
    static HistoryObserver all(List<HistoryObserver> observers) {
        return new HistoryObserver() {
            @Override
            public void made(Reason reason, long nanos, long bytes) {
                observers.forEach(each -> each.made(reason, nanos, bytes));
            }

            @Override
            public void created(String roomId, Version version) {
                observers.forEach(each -> each.created(roomId, version));
            }

            @Override
            public void failed() {
                observers.forEach(HistoryObserver::failed);
            }

            @Override
            public void thinned(int versions) {
                observers.forEach(each -> each.thinned(versions));
            }

            @Override
            public void kept(VersionStore.Usage usage) {
                observers.forEach(each -> each.kept(usage));
            }
        };
    }
}
