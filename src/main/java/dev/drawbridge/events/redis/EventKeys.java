package dev.drawbridge.events.redis;

import java.nio.charset.StandardCharsets;

/**
 * The names of keys: {@code <prefix>:{events}:state}, {@code …:stories} and so on. What is in braces decides the slot of a
 * Redis Cluster, so all of them are on one server, where one script can change them together. A room that is called
 * "events" has none of these names.
 */
final class EventKeys {
    private final String base;

    EventKeys(String prefix) {
        this.base = prefix + ":{events}:";
    }

    /** What scripts want: they name the others after it. */
    byte[][] ofScripts() {
        return new byte[][] {state()};
    }

    /** The state of the log, and whether the rooms of the time before are known. */
    byte[] state() {
        return key("state");
    }

    /** What was told of each room. */
    byte[] stories() {
        return key("stories");
    }

    /** The nodes that have begun and not ended. */
    byte[] nodes() {
        return key("nodes");
    }

    /** The bytes on each shelf that is not empty. */
    byte[] bytes() {
        return key("bytes");
    }

    /** The ids on a shelf, by their numbers. */
    byte[] idsOf(String shelf) {
        return key(shelf + ":ids");
    }

    private byte[] key(String name) {
        return (base + name).getBytes(StandardCharsets.UTF_8);
    }
}
