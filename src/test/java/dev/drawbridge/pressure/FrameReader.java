package dev.drawbridge.pressure;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads what a server sends and accepts nothing that RFC 6455 does not allow. */
final class FrameReader {
    private static final int SLICE = 16 << 10;

    private final InputStream in;
    private final Pace pace;
    private final Listener listener;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private boolean insideMessage;
    private boolean insideFrame;

    /** Hears what has come. */
    interface Listener {
        void message(byte[] utf8);

        void ping(byte[] payload);
    }

    private record Header(boolean fin, int opcode, long length) {
        boolean isControl() {
            return opcode >= 8;
        }
    }

    FrameReader(InputStream in, Pace pace, Listener listener) {
        this.in = in;
        this.pace = pace;
        this.listener = listener;
    }

    /** Reads until the connection ends. */
    Ending read() {
        try {
            Optional<Ending> end = Optional.empty();
            while (end.isEmpty()) {
                end = frame();
            }
            return end.get();
        } catch (ProtocolViolation e) {
            return new Ending.Violated(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Ending.Dropped(insideFrame);
        }
    }

    private Optional<Ending> frame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.of(new Ending.Dropped(false));
        }
        insideFrame = true;
        Header header = header(first);
        check(header);
        Optional<Ending> end = Optional.empty();
        if (header.isControl()) {
            byte[] payload = new byte[(int) header.length];
            fill(payload, payload.length);
            end = control(header.opcode, payload);
        } else {
            data(header);
        }
        insideFrame = false;
        return end;
    }

    private Header header(int first) throws IOException {
        must((first & 0x70) == 0, "RSV bits are set: 0x%x", first);
        int second = next();
        must((second & 0x80) == 0, "a server's frame is masked");
        int size = second & 0x7f;
        long length =
                switch (size) {
                    case 126 -> number(2);
                    case 127 -> number(8);
                    default -> size;
                };
        must(length >= 0, "the length's highest bit is set");
        must(size != 126 || length > 125, "a length of %d in two bytes", length);
        must(size != 127 || length > 0xffff, "a length of %d in eight bytes", length);
        return new Header((first & 0x80) != 0, first & 0x0f, length);
    }

    private void check(Header header) {
        switch (header.opcode) {
            case 0 -> must(insideMessage, "a continuation of nothing");
            case 1 -> must(!insideMessage, "a message inside another one");
            case 8, 9, 10 -> {
                must(header.fin, "a control frame in parts");
                must(header.length <= 125, "a control frame of %d bytes", header.length);
            }
            default -> must(false, "opcode %d", header.opcode);
        }
    }

    private void data(Header header) throws IOException {
        insideMessage = true;
        byte[] slice = new byte[(int) Math.min(SLICE, header.length)];
        for (long left = header.length; left > 0; ) {
            int length = (int) Math.min(slice.length, left);
            fill(slice, length);
            message.write(slice, 0, length);
            left -= length;
        }
        if (header.fin) {
            insideMessage = false;
            byte[] whole = message.toByteArray();
            message.reset();
            checkUtf8(whole);
            listener.message(whole);
        }
    }

    private Optional<Ending> control(int opcode, byte[] payload) {
        switch (opcode) {
            case 8 -> {
                return Optional.of(closed(payload));
            }
            case 9 -> listener.ping(payload);
            default -> {
                // a pong that nobody asked for
            }
        }
        return Optional.empty();
    }

    private static Ending closed(byte[] payload) {
        if (payload.length == 0) {
            return new Ending.Closed(1005, "");
        }
        must(payload.length >= 2, "a close code of one byte");
        int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
        must(
                (code >= 3000 && code < 5000) || (code >= 1000 && code <= 1014 && (code < 1004 || code > 1006)),
                "close code %d",
                code);
        byte[] reason = new byte[payload.length - 2];
        System.arraycopy(payload, 2, reason, 0, reason.length);
        checkUtf8(reason);
        return new Ending.Closed(code, new String(reason, StandardCharsets.UTF_8));
    }

    private static void checkUtf8(byte[] text) {
        try {
            var _ = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(text));
        } catch (CharacterCodingException e) {
            throw new ProtocolViolation("a text that is not UTF-8: " + e.getMessage());
        }
    }

    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | next();
        }
        return number;
    }

    private int next() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private void fill(byte[] into, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int read = in.read(into, done, length - done);
            if (read < 0) {
                throw new EOFException();
            }
            done += read;
            pace.did(read);
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // that annotation is in no library of ours
    private static void must(boolean right, String otherwise, Object... arguments) {
        if (!right) {
            throw new ProtocolViolation(otherwise.formatted(arguments));
        }
    }
}
