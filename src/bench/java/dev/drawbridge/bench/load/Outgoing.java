package dev.drawbridge.bench.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where clients' messages are put together, one after the other, each in one frame. It is masked with zeros: a legal
 * mask that costs nothing.
 */
final class Outgoing {
    private static final int TEXT = 0x81;
    private static final int MASKED = 0x80;
    private static final int MASK = 4;
    private static final int LONGEST_HEADER = 14;

    private ByteBuffer buffer = ByteBuffer.allocateDirect(8 << 10);
    private final byte[] digits = new byte[20];

    Outgoing begin() {
        buffer.clear().position(LONGEST_HEADER);
        return this;
    }

    Outgoing text(String ascii) {
        return text(ascii(ascii));
    }

    Outgoing text(byte[] ascii) {
        reserve(ascii.length);
        buffer.put(ascii);
        return this;
    }

    Outgoing number(long number) {
        if (number < 0) {
            return text(Long.toString(number));
        }
        reserve(digits.length);
        int at = digits.length;
        long rest = number;
        do {
            digits[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        buffer.put(digits, at, digits.length - at);
        return this;
    }

    int length() {
        return buffer.position() - LONGEST_HEADER;
    }

    /** Takes back what was put behind that length. */
    Outgoing shorten(int length) {
        buffer.position(LONGEST_HEADER + length);
        return this;
    }

    /** The message in its frame. It is to be written, or copied, before the next is begun. */
    ByteBuffer frame() {
        return frame(TEXT);
    }

    ByteBuffer frame(int first) {
        int length = length();
        int wide = length < 126 ? 0 : length < 1 << 16 ? 2 : 8;
        int start = LONGEST_HEADER - MASK - wide - 2;
        buffer.put(start, (byte) first);
        buffer.put(start + 1, (byte) (MASKED | (wide == 0 ? length : wide == 2 ? 126 : 127)));
        if (wide == 2) {
            buffer.putShort(start + 2, (short) length);
        } else if (wide == 8) {
            buffer.putLong(start + 2, length);
        }
        buffer.putInt(LONGEST_HEADER - MASK, 0);
        return buffer.flip().position(start);
    }

    private void reserve(int length) {
        if (buffer.remaining() < length) {
            ByteBuffer larger = ByteBuffer.allocateDirect(2 * (buffer.capacity() + length));
            buffer = larger.put(buffer.flip());
        }
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
