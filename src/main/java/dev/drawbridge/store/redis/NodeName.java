package dev.drawbridge.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The id of a node as it stands in a room's meta key: visible ASCII characters. Anything else there is damage, and counts
 * as nobody; {@code open.lua} has the same rule.
 */
final class NodeName {

    private NodeName() {}

    static byte[] of(String nodeId) {
        if (!isName(nodeId)) {
            throw new IllegalArgumentException("the id of a node has to be of visible ASCII characters: " + nodeId);
        }
        return nodeId.getBytes(StandardCharsets.US_ASCII);
    }

    static Optional<String> read(byte @Nullable [] field) {
        return Optional.ofNullable(field)
                .map(name -> new String(name, StandardCharsets.UTF_8))
                .filter(NodeName::isName);
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
