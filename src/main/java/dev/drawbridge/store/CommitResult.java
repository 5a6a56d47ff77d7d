package dev.drawbridge.store;

/** What became of a commit. That the store could not be reached, or failed, is an exception. */
public sealed interface CommitResult {

    /** The change is stored; also when it was stored already by an earlier attempt. */
    record Committed() implements CommitResult {}

    /** Somebody else has opened the room since: this owner will never write it again. */
    record Fenced() implements CommitResult {}

    /**
     * The stored room has another clock than the change starts from, or the store has been restarted and may have
     * forgotten a later owner. Nothing was written; whoever opens the room next starts from what is stored.
     */
    record Conflict(long storedClock) implements CommitResult {}
}
