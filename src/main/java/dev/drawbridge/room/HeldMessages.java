package dev.drawbridge.room;

import dev.drawbridge.protocol.ClientMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What a client says before its connect is answered, in order. A real client says nothing. */
final class HeldMessages {
    private static final int MOST = 64;
    private static final int MOST_CHARACTERS = 256 << 10;

    private final Deque<ClientMessage> messages = new ArrayDeque<>();
    private int characters;

    /** Takes a message; false when it is too much. */
    boolean add(ClientMessage message, int length) {
        characters += length;
        return characters <= MOST_CHARACTERS && messages.size() < MOST && messages.add(message);
    }

    Optional<ClientMessage> next() {
        return Optional.ofNullable(messages.poll());
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }
}
