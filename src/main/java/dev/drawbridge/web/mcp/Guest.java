package dev.drawbridge.web.mcp;

import dev.drawbridge.security.Caller;

/** Who sends a message. */
sealed interface Guest {

    /** An operator, who may do everything. */
    record Operator() implements Guest {}

    /**
     * A user, who may do in each room what they may do there.
     *
     * @param mayBeGuessing whether a token came along of which is not known yet that it is a user's
     */
    record User(Caller caller, boolean mayBeGuessing) implements Guest {}
}
