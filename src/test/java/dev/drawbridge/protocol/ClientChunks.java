package dev.drawbridge.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Splits a message the way tldraw clients do (§2): from its end, so that the first chunk is the short one. */
public final class ClientChunks {
    /** UTF-16 units that a chunk holds at most, its header included. */
    public static final int MAX_LENGTH = 262_144;

    private ClientChunks() {}

    public static List<String> split(String message) {
        return split(message, MAX_LENGTH);
    }

    static List<String> split(String message, int maxLength) {
        if (message.length() < maxLength) {
            return List.of(message);
        }
        Deque<String> chunks = new ArrayDeque<>();
        int end = message.length();
        while (end > 0) {
            String header = chunks.size() + "_";
            int start = Math.max(end - (maxLength - header.length()), 0);
            chunks.addFirst(header + message.substring(start, end));
            end = start;
        }
        return List.copyOf(chunks);
    }
}
