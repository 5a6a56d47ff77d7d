package dev.drawbridge.links;

/** A page was not fetched, and why. */
final class NotFetchedException extends Exception {
    private final LinkOutcome outcome;

    NotFetchedException(LinkOutcome outcome) {
        super(outcome.name(), null, false, false);
        this.outcome = outcome;
    }

    LinkOutcome outcome() {
        return outcome;
    }
}
