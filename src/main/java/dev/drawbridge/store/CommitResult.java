package dev.drawbridge.store;

/** What became of a commit. That the store could not be reached, or failed, is an exception. */
public sealed interface CommitResult {

    /** The change is stored; also when it was stored already by an earlier attempt. */
    record Committed() implements CommitResult {}

    /** Somebody else has opened the room since: this owner will never write it again. */
    record Fenced() implements CommitResult {}

    /** The stored room has another clock than the change starts from. Nothing was written. */
    record Conflict(long storedClock) implements CommitResult {}
}
