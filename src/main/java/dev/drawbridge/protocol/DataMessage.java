package dev.drawbridge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code data} message that carries events to one client (§4). It shares their bytes with other messages. */
public final class DataMessage {
    private static final Payload HEAD = utf8("{\"type\":\"data\",\"data\":[");
    private static final Payload SEPARATOR = utf8(",");
    private static final Payload TAIL = utf8("]}");

    private DataMessage() {}

    /** Puts events, each encoded, into one message. */
    public static Payload of(List<Payload> events) {
        List<Payload> parts = new ArrayList<>(2 * events.size() + 1);
        for (Payload event : events) {
            parts.add(parts.isEmpty() ? HEAD : SEPARATOR);
            parts.add(event);
        }
        parts.add(TAIL);
        return Payload.concat(parts);
    }

    private static Payload utf8(String text) {
        return Payload.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
