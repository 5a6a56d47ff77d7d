package dev.drawbridge.assets.renditions;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A content in memory for a reader of images, which looks at its time with every piece that it reads: a few bytes of an image
 * can keep a reader busy for long.
 */
final class TimedInput extends ImageInputStreamImpl {
    private static final int PIECE = 4096;

    private final byte[] content;
    private final Deadline deadline;
    private int untilCheck;

    TimedInput(byte[] content, Deadline deadline) {
        this.content = content;
        this.deadline = deadline;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        if (streamPos >= content.length) {
            deadline.check(); // some readers go on after the end
            return -1;
        }
        count(1);
        return content[(int) streamPos++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (streamPos >= content.length) {
            deadline.check();
            return -1;
        }
        int read = (int) Math.min(Math.min(length, PIECE), content.length - streamPos);
        count(read);
        System.arraycopy(content, (int) streamPos, bytes, offset, read);
        streamPos += read;
        return read;
    }

    @Override
    public long length() {
        return content.length;
    }

    private void count(int bytes) throws IOException {
        untilCheck -= bytes;
        if (untilCheck <= 0) {
            deadline.check();
            untilCheck = PIECE;
        }
    }
}
