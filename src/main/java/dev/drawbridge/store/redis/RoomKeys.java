package dev.drawbridge.store.redis;

import dev.drawbridge.store.StorageKey;
import java.nio.charset.StandardCharsets;

/**
 * The names of keys: {@code <prefix>:{room}:meta}, {@code …:documents}, {@code …:tombstones}, {@code <prefix>:rooms}
 * for the list of rooms, and {@code <prefix>:clock-floor}. What is in braces decides the slot of a Redis Cluster, so the keys of a room are on one server.
 * So are those of the nodes, {@code <prefix>:{nodes}:alive} and {@code <prefix>:{nodes}:node:<id>}; a room that is called
 * "nodes" has none of these names.
 */
final class RoomKeys {
    /** No id has this key of its own: it is none of JSON's escapes. An empty hash tag would be none at all. */
    private static final String EMPTY_ID = "\\e";

    private final String prefix;

    RoomKeys(String prefix) {
        if (prefix.isEmpty() || !prefix.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '{' && c != '}')) {
            throw new IllegalArgumentException(
                    "drawbridge.store.redis.key-prefix has to be of visible ASCII characters without braces: "
                            + prefix);
        }
        this.prefix = prefix;
    }

    /** The keys that the scripts want. */
    byte[][] of(String roomId) {
        return new byte[][] {meta(roomId), documents(roomId), tombstones(roomId)};
    }

    byte[] meta(String roomId) {
        return key(roomId, "meta");
    }

    byte[] documents(String roomId) {
        return key(roomId, "documents");
    }

    byte[] tombstones(String roomId) {
        return key(roomId, "tombstones");
    }

    byte[] index() {
        return (prefix + ":rooms").getBytes(StandardCharsets.UTF_8);
    }

    byte[] clockFloor() {
        return (prefix + ":clock-floor").getBytes(StandardCharsets.UTF_8);
    }

    /** The ids of nodes that are alive, and of some that were until a moment ago. */
    byte[] members() {
        return (prefix + ":{nodes}:alive").getBytes(StandardCharsets.UTF_8);
    }

    /** Is there for as long as the node is alive. */
    byte[] member(String nodeId) {
        return (prefix + ":{nodes}:node:" + nodeId).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] key(String roomId, String part) {
        return (prefix + ":{" + tag(roomId) + "}:" + part).getBytes(StandardCharsets.UTF_8);
    }

    /** The room id as it stands in keys and in the index. */
    static String tag(String roomId) {
        return roomId.isEmpty() ? EMPTY_ID : prefixTag(roomId);
    }

    /** What all tags start with whose room ids start so. */
    static String prefixTag(String start) {
        return StorageKey.of(start).replace("{", "\\u007b").replace("}", "\\u007d");
    }

    static String roomId(String tag) {
        return tag.equals(EMPTY_ID) ? "" : StorageKey.toId(tag);
    }
}
