package dev.drawbridge.web.socket;

import dev.drawbridge.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * permessage-deflate (RFC 7692) without context takeover: every message is compressed for itself, so that a socket that is
 * idle keeps no dictionary.
 */
final class Compression {
    private static final int PART = 8 << 10;
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private Inflater inflater = new Inflater(true);
    private boolean busy;

    /** What takes a part of what was compressed. */
    @FunctionalInterface
    interface Parts {
        void part(ByteBuffer part, boolean last) throws FrameException;
    }

    /** Hands on what the part of a message amounts to, in small parts however much it is. */
    void inflate(ByteBuffer compressed, boolean last, Parts parts) throws FrameException {
        if (!busy) {
            inflater = new Inflater(true);
            busy = true;
        }
        try {
            inflateAll(compressed, parts);
            if (last) {
                inflateAll(ByteBuffer.wrap(TAIL), parts);
                parts.part(ByteBuffer.allocate(0), true);
                end();
            }
        } catch (DataFormatException e) {
            throw new FrameException(CloseCode.PROTOCOL_ERROR, "a message that cannot be decompressed");
        }
    }

    private void inflateAll(ByteBuffer compressed, Parts parts) throws DataFormatException, FrameException {
        inflater.setInput(compressed);
        byte[] part = new byte[PART];
        while (true) {
            int length = inflater.inflate(part);
            if (length == 0) {
                return;
            }
            parts.part(ByteBuffer.wrap(part, 0, length), false);
        }
    }

    /** Lets go of what is kept outside of the heap. */
    void end() {
        inflater.end();
        busy = false;
    }

    /** A message as it is sent. Its length has to be known before it is, so it is compressed at once. */
    static Payload deflate(Payload message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 10);
            byte[] part = new byte[PART];
            Iterator<byte[]> slices = message.slices();
            while (slices.hasNext()) {
                deflater.setInput(slices.next());
                deflateAll(deflater, Deflater.NO_FLUSH, part, out);
            }
            deflateAll(deflater, Deflater.SYNC_FLUSH, part, out);
            byte[] all = out.toByteArray();
            // A sync flush ends with an empty block, whose last four bytes the receiver adds itself.
            return Payload.of(Arrays.copyOf(all, all.length - TAIL.length));
        } finally {
            deflater.end();
        }
    }

    private static void deflateAll(Deflater deflater, int flush, byte[] part, ByteArrayOutputStream out) {
        int length;
        do {
            length = deflater.deflate(part, 0, part.length, flush);
            out.write(part, 0, length);
        } while (length == part.length);
    }
}
