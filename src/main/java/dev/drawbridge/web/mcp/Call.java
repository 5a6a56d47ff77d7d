package dev.drawbridge.web.mcp;

import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.security.AccessDecision.Allowed;

/**
 * A call of a tool, by somebody who may make it.
 *
 * @param allowed what they may do in the board; of a tool without a board nothing
 * @param loan what is read to answer it, given back when it is answered
 */
record Call(Arguments arguments, Guest guest, Allowed allowed, AgentSession session, ByteLoan loan) {

    /** The board that it is about; always a valid room id. */
    String board() {
        return arguments.needed(Parameter.BOARD);
    }

    boolean isByOperator() {
        return guest instanceof Guest.Operator;
    }
}
