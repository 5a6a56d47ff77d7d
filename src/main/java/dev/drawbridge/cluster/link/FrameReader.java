package dev.drawbridge.cluster.link;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes a frame apart, field by field; believes no length that it has not seen the bytes of. */
final class FrameReader {
    private final ByteBuffer bytes;

    FrameReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    long number() throws MalformedFrameException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw new MalformedFrameException("it ends in the middle of a number");
            }
            byte next = bytes.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedFrameException("a number that does not end");
    }

    int count() throws MalformedFrameException {
        long value = number();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new MalformedFrameException("a number that is too large: " + value);
        }
        return (int) value;
    }

    boolean flag() throws MalformedFrameException {
        return number() != 0;
    }

    byte[] bytes() throws MalformedFrameException {
        byte[] value = new byte[within(count())];
        bytes.get(value);
        return value;
    }

    String text() throws MalformedFrameException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    List<Integer> numbers() throws MalformedFrameException {
        int size = within(count());
        List<Integer> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(count());
        }
        return values;
    }

    private int within(int length) throws MalformedFrameException {
        if (length > bytes.remaining()) {
            throw new MalformedFrameException(length + " bytes are said to follow, there are " + bytes.remaining());
        }
        return length;
    }
}
