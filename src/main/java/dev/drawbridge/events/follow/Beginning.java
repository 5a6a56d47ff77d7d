package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;

/** Where somebody begins to follow. */
public sealed interface Beginning {

    /** With what is written down from now on. */
    record Now() implements Beginning {}

    /** With the oldest event that is kept. */
    record Oldest() implements Beginning {}

    /** With what follows on an event. When that is not kept any more, or is of another log, it is with the oldest. */
    record After(EventId id) implements Beginning {}
}
