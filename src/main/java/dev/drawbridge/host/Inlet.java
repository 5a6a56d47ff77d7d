package dev.drawbridge.host;

/** Where a client's messages come from, as far as it can be told to wait. */
public interface Inlet {

    /**
     * Brings no more than what is in hand, until {@link #resumeReading} has been called as often. Only for the loop that
     * brings it.
     */
    void pauseReading();

    /** For any thread. */
    void resumeReading();
}
