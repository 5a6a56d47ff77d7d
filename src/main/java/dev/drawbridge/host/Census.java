package dev.drawbridge.host;

import java.util.Map;

/**
 * How much is going on at a node, counted without asking any room.
 *
 * @param rooms how many room hosts are in each state that has any
 * @param editors connected sessions that may edit
 * @param viewers connected sessions that may not
 * @param connections open sockets, those before their handshake included
 * @param outboxBytes what waits to be sent, to all together
 */
public record Census(Map<HostState, Integer> rooms, int editors, int viewers, int connections, long outboxBytes) {

    /** Counts. */
    @FunctionalInterface
    public interface Source {
        Census census();
    }

    /** The same with sockets of this node that take part in rooms of others, for which these keep the sessions. */
    public Census withRelayed(int sockets, long queuedBytes) {
        return new Census(rooms, editors, viewers, connections + sockets, outboxBytes + queuedBytes);
    }
}
