package dev.drawbridge.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;

/** The bytes of one message, UTF-8, in slices that may be shared with other messages. Nobody writes to them. It can be read more than once. */
public interface Payload {

    /** How many bytes all slices have. */
    long length();

    /** The slices in order; made while they are walked, so that a large message need not exist as a whole. */
    Iterator<byte[]> slices();

    /** All of it as one array: for messages that are known to be small, and for tests. */
    default byte[] whole() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(length()));
        slices().forEachRemaining(out::writeBytes);
        return out.toByteArray();
    }

    static Payload of(byte[] whole) {
        return new Slices.Single(whole);
    }

    /** One payload after the other. */
    static Payload concat(List<Payload> parts) {
        return Slices.Joined.of(parts);
    }
}
