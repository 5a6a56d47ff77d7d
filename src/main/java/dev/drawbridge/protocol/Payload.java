package dev.drawbridge.protocol;

import java.util.Iterator;
import java.util.List;

/**
 * The bytes of one message, as UTF-8, in slices that may be shared with other messages: nobody writes to them. It can be
 * read more than once.
 */
public interface Payload {

    /** How many bytes all slices have together. */
    long length();

    /** The slices, in order; made while they are walked, so that a large message need not exist as a whole. */
    Iterator<byte[]> slices();

    /** A message that is there in one piece. */
    static Payload of(byte[] whole) {
        return new Slices(List.of(whole), whole.length);
    }
}
