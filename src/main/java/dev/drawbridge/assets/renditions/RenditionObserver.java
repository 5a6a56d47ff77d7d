package dev.drawbridge.assets.renditions;

import java.time.Duration;

/** Is told what becomes of renditions, for metrics. */
public interface RenditionObserver {
    RenditionObserver NONE = (outcome, time) -> {};

    /** What became of one that was to be made. Whatever it was: who asked was shown an image. */
    enum Outcome {
        /** It is kept. */
        MADE,
        /** The original is not wider. */
        NOT_WIDER,
        /** It would have had no fewer bytes than the original. */
        NO_GAIN,
        /** The original cannot be read, or is nothing of which one can be made: animated, in the colours of a printer. */
        UNSUITABLE,
        /** The original has too many pixels, or reading it would take too much memory. */
        TOO_LARGE,
        /** Making it took too long. */
        TOO_SLOW,
        /** There were too many to make. */
        BUSY,
        /** The store failed, or the asset was deleted meanwhile. */
        FAILED
    }

    /**
     * One was to be made.
     *
     * @param time how long it took, from when its turn came
     */
    void ended(Outcome outcome, Duration time);
}
