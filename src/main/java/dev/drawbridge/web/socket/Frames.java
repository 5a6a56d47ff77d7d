package dev.drawbridge.web.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The frames that a server sends: whole, and without a mask (RFC 6455, 5.2). */
final class Frames {
    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int MOST_REASON = 123;

    private Frames() {}

    /** What stands before the payload of a text message. */
    static byte[] textHeader(long length, boolean compressed) {
        return header(FIN | (compressed ? RSV1 : 0) | Opcode.TEXT, length);
    }

    /** What stands before a part of a text message. */
    static byte[] partHeader(long length, boolean first, boolean last) {
        return header((last ? FIN : 0) | (first ? Opcode.TEXT : Opcode.CONTINUATION), length);
    }

    private static byte[] header(int first, long length) {
        ByteBuffer header = ByteBuffer.allocate(length < 126 ? 2 : length < 1 << 16 ? 4 : 10);
        header.put((byte) first);
        if (length < 126) {
            header.put((byte) length);
        } else if (length < 1 << 16) {
            header.put((byte) 126).putShort((short) length);
        } else {
            header.put((byte) 127).putLong(length);
        }
        return header.array();
    }

    static byte[] pong(byte[] payload) {
        return control(Opcode.PONG, payload);
    }

    /** @param reason cut, between characters, to what a close frame may hold */
    static byte[] close(int code, String reason) {
        byte[] utf8 = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, MOST_REASON);
        while (length < utf8.length && length > 0 && (utf8[length] & 0xC0) == 0x80) {
            length--;
        }
        ByteBuffer payload =
                ByteBuffer.allocate(2 + length).putShort((short) code).put(utf8, 0, length);
        return control(Opcode.CLOSE, payload.array());
    }

    /** The answer to a close frame without a code. */
    static byte[] closeWithoutCode() {
        return control(Opcode.CLOSE, new byte[0]);
    }

    private static byte[] control(int opcode, byte[] payload) {
        byte[] frame = Arrays.copyOf(new byte[] {(byte) (FIN | opcode), (byte) payload.length}, 2 + payload.length);
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }
}
