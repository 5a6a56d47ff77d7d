package dev.drawbridge.config.agents;

import java.time.Duration;

/** Is told of what agents call. It is called by many threads, and must not wait. */
public interface CallObserver {

    /** There is such a tool; told of each before any is called. */
    void offered(String tool);

    /**
     * A call has been answered, by this node.
     *
     * @param tool the name of a tool: one of those that there are
     */
    void called(String tool, CallOutcome outcome, Duration time);
}
