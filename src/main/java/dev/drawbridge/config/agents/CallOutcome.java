package dev.drawbridge.config.agents;

/** What became of an agent's call. */
public enum CallOutcome {
    /** It was done. */
    OK,
    /** Something in it was wrong, and nothing was done: the answer says what. */
    INVALID,
    /** The agent may not do it. */
    REFUSED,
    /** It cannot be done now. */
    UNAVAILABLE,
    /** The server failed at it. */
    FAILED
}
