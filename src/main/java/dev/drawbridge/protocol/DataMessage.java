package dev.drawbridge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code data} message that carries events to one client (§4). It shares their bytes with other messages. */
public final class DataMessage {
    private static final byte[] HEAD = "{\"type\":\"data\",\"data\":[".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SEPARATOR = {','};
    private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

    private DataMessage() {}

    /** Puts events, each encoded, into one message. */
    public static Payload of(List<byte[]> events) {
        List<byte[]> slices = new ArrayList<>(2 * events.size() + 1);
        long length = 0;
        for (byte[] event : events) {
            slices.add(slices.isEmpty() ? HEAD : SEPARATOR);
            slices.add(event);
            length += event.length;
        }
        slices.add(TAIL);
        return new Slices(slices, HEAD.length + length + (events.size() - 1L) * SEPARATOR.length + TAIL.length);
    }
}
