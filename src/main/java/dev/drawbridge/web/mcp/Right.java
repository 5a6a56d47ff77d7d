package dev.drawbridge.web.mcp;

import dev.drawbridge.security.HistoryAccess;
import dev.drawbridge.security.Permission;

/** What it takes to call a tool. */
sealed interface Right {

    /** To be let in at all: the tool itself looks at who calls. */
    record Anybody() implements Right {}

    /** To be an operator. */
    record Operators() implements Right {}

    /** To be allowed something in the board that is named. */
    record InTheBoard(Permission needed) implements Right {}

    /** To be allowed something with the past of the board that is named. */
    record WithThePast(HistoryAccess needed) implements Right {}
}
