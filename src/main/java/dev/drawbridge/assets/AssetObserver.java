package dev.drawbridge.assets;

/** Is told what happens to assets, for metrics. */
public interface AssetObserver {
    AssetObserver NONE = new AssetObserver() {};

    /** How an upload ended. */
    enum Outcome {
        /** It is kept. */
        STORED,
        /** It was there already. */
        SAME,
        /** Something else is there under its id. */
        ID_TAKEN,
        /** It is no type that is taken, or another than was said. */
        UNSUPPORTED,
        /** It has more bytes than an asset may have. */
        TOO_LARGE,
        /** The room, or all, have as much as they may. */
        QUOTA,
        /** The disk, or whatever it is, is full. */
        NO_SPACE,
        /** It came too slowly. */
        TOO_SLOW,
        /** There were too many at once, and it waited too long. */
        BUSY,
        /** It broke off. */
        BROKEN,
        /** The store failed. */
        FAILED
    }

    /** An upload ended. */
    default void uploaded(Outcome outcome) {}

    /** So many bytes of an upload came, whatever has become of them. */
    default void received(long bytes) {}

    /** So many bytes were sent to those who look at assets. */
    default void served(long bytes) {}
}
