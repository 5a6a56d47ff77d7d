package dev.drawbridge.events;

import java.util.List;

/**
 * Is told of events that this node has written down, in the order of their ids, by one thread at a time. It is quick and does
 * not wait. It is not told of what other nodes have written down, nor of what was written by a call that seemed to fail: whoever
 * needs all of it reads the log.
 */
@FunctionalInterface
public interface AppendListener {

    /** These are in the log, and in the queues that want them. There is at least one. */
    void appended(List<FiledEvent> events);
}
