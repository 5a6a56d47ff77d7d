package dev.drawbridge.events.hooks;

/** How it is with a webhook, as far as a node knows. */
public enum WebhookState {
    /** This node sends, and it goes well as far as it goes. */
    SENDING,
    /** This node sends, and the receiver has not taken what was sent last. */
    FAILING,
    /** The receiver is said to be no more; until somebody resumes it, nothing is sent. */
    SUSPENDED,
    /** Another node sends, or none yet. */
    ELSEWHERE;

    boolean isHere() {
        return this != ELSEWHERE;
    }
}
