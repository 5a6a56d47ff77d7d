package dev.drawbridge.assets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A content that must not come too slowly. */
final class PacedContent extends FilterInputStream {
    /** What every one has, and another second for each so many bytes. */
    static final long PATIENCE_SECONDS = 30;

    private final long bytesPerSecond;
    private final LongSupplier nanoTime;
    private final long start;
    private long arrived;

    /** It came too slowly. */
    static final class TooSlowException extends IOException {

        TooSlowException() {
            super("the content comes too slowly");
        }
    }

    /** @param bytesPerSecond 0 for any pace */
    PacedContent(InputStream content, long bytesPerSecond, LongSupplier nanoTime) {
        super(content);
        this.bytesPerSecond = bytesPerSecond;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read > 0) {
            arrived += read;
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
            if (bytesPerSecond > 0 && seconds > PATIENCE_SECONDS + arrived / bytesPerSecond) {
                throw new TooSlowException();
            }
        }
        return read;
    }

    long arrived() {
        return arrived;
    }
}
