package dev.drawbridge.assets.renditions;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A content in memory for a reader of images, which looks at its time with every piece that it reads: a few bytes of an image
 * can keep a reader busy for long.
 */
final class TimedInput extends ImageInputStreamImpl {
    private static final int PIECE = 4096;

    private final ByteBuffer content;
    private final int length;
    private final Deadline deadline;
    private int untilCheck;

    /** @param content what remains of it */
    TimedInput(ByteBuffer content, Deadline deadline) {
        this.content = content.slice();
        this.length = content.remaining();
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (streamPos >= length) {
            deadline.check(); // some readers go on after the end
            return -1;
        }
        count(1);
        return Byte.toUnsignedInt(content.get((int) streamPos++));
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        bitOffset = 0;
        if (wanted == 0) {
            return 0;
        }
        if (streamPos >= length) {
            deadline.check();
            return -1;
        }
        int read = (int) Math.min(Math.min(wanted, PIECE), length - streamPos);
        count(read);
        content.get((int) streamPos, bytes, offset, read);
        streamPos += read;
        return read;
    }

    @Override
    public long length() {
        return length;
    }

    private void count(int bytes) throws IOException {
        untilCheck -= bytes;
        if (untilCheck <= 0) {
            deadline.check();
            untilCheck = PIECE;
        }
    }
}
