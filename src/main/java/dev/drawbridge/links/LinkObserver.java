package dev.drawbridge.links;

import java.time.Duration;

/** Is told what happens to questions for previews. */
public interface LinkObserver {

    /** A page was fetched and read, or was not. */
    void fetched(LinkOutcome outcome, Duration time);

    /** Somebody asked, and it was known, or on its way. */
    void shared();

    /** Somebody was sent away because too much was under way. */
    void turnedAway();
}
