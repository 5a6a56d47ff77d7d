package dev.drawbridge.web.socket;

import java.nio.ByteBuffer;

/** Checks that bytes are UTF-8, in whatever parts they come (RFC 3629: the shortest forms, no surrogates). */
final class Utf8 {
    /** How many bytes of the present character are still to come. */
    private int missing;
    /** What the next of them may be. */
    private int low = 0x80;

    private int high = 0xBF;

    /** Looks at the bytes that remain in the buffer, without taking them. */
    void check(ByteBuffer bytes) throws FrameException {
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            int b = bytes.get(i) & 0xFF;
            if (missing > 0) {
                continued(b);
            } else if (b >= 0x80) {
                begun(b);
            }
        }
    }

    /** The text ends here. */
    void end() throws FrameException {
        if (missing > 0) {
            throw invalid();
        }
    }

    private void begun(int b) throws FrameException {
        if (b >= 0xC2 && b <= 0xDF) {
            expect(1, 0x80, 0xBF);
        } else if (b >= 0xE0 && b <= 0xEF) {
            expect(2, b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF);
        } else if (b >= 0xF0 && b <= 0xF4) {
            expect(3, b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF);
        } else {
            throw invalid();
        }
    }

    private void continued(int b) throws FrameException {
        if (b < low || b > high) {
            throw invalid();
        }
        expect(missing - 1, 0x80, 0xBF);
    }

    private void expect(int count, int from, int to) {
        missing = count;
        low = from;
        high = to;
    }

    private static FrameException invalid() {
        return new FrameException(CloseCode.INVALID_DATA, "a text that is not UTF-8");
    }
}
