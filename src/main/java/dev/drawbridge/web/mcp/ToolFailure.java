package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.CallOutcome;

/** A call that did not do what it was to do. The message is for the model that has made it: what is wrong, and what would be right. */
final class ToolFailure extends Exception {
    private final CallOutcome outcome;

    ToolFailure(CallOutcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    static ToolFailure invalid(String message) {
        return new ToolFailure(CallOutcome.INVALID, message);
    }

    CallOutcome outcome() {
        return outcome;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
