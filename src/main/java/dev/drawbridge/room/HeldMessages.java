package dev.drawbridge.room;

import dev.drawbridge.protocol.ClientMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What a client says while the answer to its connect is made, or verdicts on its push are awaited, in order. In the first
 * case a real client says nothing; in the second it may go on drawing, with some thirty messages a second.
 */
final class HeldMessages {
    private static final int MOST_BEFORE_CONNECT = 64;
    private static final int MOST_WHILE_ASKED = 1_024;
    private static final int MOST_CHARACTERS = 256 << 10;

    private final Deque<Held> messages = new ArrayDeque<>();
    private final int most;
    private int characters;

    private HeldMessages(int most) {
        this.most = most;
    }

    static HeldMessages beforeConnect() {
        return new HeldMessages(MOST_BEFORE_CONNECT);
    }

    static HeldMessages whileAsked() {
        return new HeldMessages(MOST_WHILE_ASKED);
    }

    /** @param length in characters */
    record Held(ClientMessage message, int length) {}

    /** Takes a message; false when it is too much. */
    boolean add(ClientMessage message, int length) {
        characters += length;
        return characters <= MOST_CHARACTERS && messages.size() < most && messages.add(new Held(message, length));
    }

    Optional<Held> next() {
        return Optional.ofNullable(messages.poll());
    }
}
