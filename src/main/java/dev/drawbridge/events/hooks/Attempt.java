package dev.drawbridge.events.hooks;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How it went to bring a letter.
 *
 * @param status of the answer, if there was one
 * @param words what has happened, for people: one line, nothing of it as a stranger wrote it
 * @param retryAfter how long the receiver wants to be left alone
 */
public record Attempt(Outcome outcome, OptionalInt status, String words, Optional<Duration> retryAfter) {

    /** The ways in which it may end. */
    public enum Outcome {
        /** The receiver has it. */
        DELIVERED,
        /** The receiver does not take it. */
        REFUSED,
        /** The receiver is no more, and says so. */
        GONE,
        /** There was no whole answer in time. */
        TIMEOUT,
        /** There was no answer. */
        FAILED
    }

    /** One without an answer. */
    static Attempt unanswered(Outcome outcome, String words) {
        return new Attempt(outcome, OptionalInt.empty(), words, Optional.empty());
    }

    public boolean isDelivered() {
        return outcome == Outcome.DELIVERED;
    }
}
