package dev.drawbridge.web.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Takes a client's bytes apart into frames, in whatever pieces they come (RFC 6455, 5). It keeps a frame's header and a
 * control frame's payload; what a message is made of it hands on as it comes, so that an announced length costs nothing.
 */
final class FrameReader {
    private static final int NO_STATUS = 1005;
    private static final int MOST_IN_CONTROL = 125;

    private final Inbound inbound;
    private final boolean mayBeCompressed;

    private final byte[] header = new byte[14];
    private int headerLength;

    private boolean inPayload;
    private boolean fin;
    private int opcode;
    private long left;
    private int maskAt;

    /** A message whose last frame has not come. */
    private boolean inMessage;

    private boolean text;
    private boolean compressed;
    private ByteArrayOutputStream control = new ByteArrayOutputStream(0);
    private boolean closed;

    /** @param mayBeCompressed whether permessage-deflate was agreed on */
    FrameReader(Inbound inbound, boolean mayBeCompressed) {
        this.inbound = inbound;
        this.mayBeCompressed = mayBeCompressed;
    }

    /** Takes all bytes that remain; nothing is read behind a close frame. The buffer's content is unmasked in place. */
    void read(ByteBuffer bytes) throws FrameException {
        while (!closed && (bytes.hasRemaining() || (inPayload && left == 0))) {
            if (inPayload) {
                payload(bytes);
            } else {
                header(bytes);
            }
        }
    }

    private void header(ByteBuffer bytes) throws FrameException {
        header[headerLength++] = bytes.get();
        if (headerLength == 2) {
            checkStart();
        }
        if (headerLength >= 2 && headerLength == headerSize()) {
            left = length();
            if (left < 0) {
                throw protocolError("a length of more than 63 bits");
            }
            headerLength = 0;
            maskAt = headerSize() - 4;
            for (int i = 0; i < 4; i++) {
                header[10 + i] = header[maskAt + i];
            }
            maskAt = 0;
            inPayload = true;
        }
    }

    private int headerSize() {
        return 6
                + switch (header[1] & 0x7F) {
                    case 126 -> 2;
                    case 127 -> 8;
                    default -> 0;
                };
    }

    private long length() {
        int announced = header[1] & 0x7F;
        int bytes =
                switch (announced) {
                    case 126 -> 2;
                    case 127 -> 8;
                    default -> 0;
                };
        long length = bytes == 0 ? announced : 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | (header[2 + i] & 0xFF);
        }
        return length;
    }

    private void checkStart() throws FrameException {
        fin = (header[0] & 0x80) != 0;
        opcode = header[0] & 0x0F;
        boolean rsv1 = (header[0] & 0x40) != 0;
        if ((header[0] & 0x30) != 0 || (rsv1 && !mayBeCompressed)) {
            throw protocolError("a reserved bit");
        }
        if (!Opcode.isKnown(opcode)) {
            throw protocolError("a reserved opcode");
        }
        if ((header[1] & 0x80) == 0) {
            throw protocolError("a frame without a mask");
        }
        if (Opcode.isControl(opcode)) {
            if (rsv1 || !fin || (header[1] & 0x7F) > MOST_IN_CONTROL) {
                throw protocolError("a control frame that is compressed, fragmented or too long");
            }
        } else if (opcode == Opcode.CONTINUATION) {
            if (!inMessage || rsv1) {
                throw protocolError("a continuation of nothing");
            }
        } else {
            if (inMessage) {
                throw protocolError("a message within a message");
            }
            inMessage = true;
            text = opcode == Opcode.TEXT;
            compressed = rsv1;
        }
    }

    private void payload(ByteBuffer bytes) throws FrameException {
        int length = (int) Math.min(left, bytes.remaining());
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        unmask(part);
        left -= length;
        boolean complete = left == 0;
        if (complete) {
            inPayload = false;
        }
        if (Opcode.isControl(opcode)) {
            byte[] copy = new byte[length];
            part.get(copy);
            control.writeBytes(copy);
            if (complete) {
                byte[] whole = control.toByteArray();
                control = new ByteArrayOutputStream(0);
                control(whole);
            }
        } else {
            boolean last = complete && fin;
            inMessage = !last;
            inbound.part(part, text, compressed, last);
        }
    }

    private void unmask(ByteBuffer part) {
        int from = part.position();
        int until = part.limit();
        for (int i = from; i < until; i++) {
            part.put(i, (byte) (part.get(i) ^ header[10 + (maskAt++ & 3)]));
        }
        maskAt &= 3;
    }

    private void control(byte[] payload) throws FrameException {
        switch (opcode) {
            case Opcode.PING -> inbound.ping(payload);
            case Opcode.CLOSE -> {
                closed = true;
                inbound.close(closeCode(payload));
            }
            default -> {
                // a pong: nobody asked for one
            }
        }
    }

    private static int closeCode(byte[] payload) throws FrameException {
        if (payload.length == 0) {
            return NO_STATUS;
        }
        int code = payload.length == 1 ? -1 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        if (!CloseCode.mayBeSent(code)) {
            throw protocolError("a close frame without a valid code");
        }
        Utf8 reason = new Utf8();
        reason.check(ByteBuffer.wrap(payload, 2, payload.length - 2));
        reason.end();
        return code;
    }

    private static FrameException protocolError(String what) {
        return new FrameException(CloseCode.PROTOCOL_ERROR, what);
    }
}
