package dev.drawbridge.assets;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A content that must not come too slowly. */
final class PacedContent extends FilterInputStream {
    private final long bytesPerSecond;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final long start;
    private long arrived;

    /** It came too slowly. */
    static final class TooSlowException extends IOException {

        TooSlowException() {
            super("the content comes too slowly");
        }
    }

    /**
     * @param bytesPerSecond 0 for any pace
     * @param patience what every one has, and a second more for each so many bytes
     */
    PacedContent(InputStream content, long bytesPerSecond, Duration patience, LongSupplier nanoTime) {
        super(content);
        this.bytesPerSecond = bytesPerSecond;
        this.patienceNanos = patience.toNanos();
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
            if (bytesPerSecond > 0 && nanoTime.getAsLong() - start > patienceNanos + nanosFor(arrived)) {
                throw new TooSlowException();
            }
        }
        return read;
    }

    private double nanosFor(long bytes) {
        return (double) bytes * TimeUnit.SECONDS.toNanos(1) / bytesPerSecond;
    }

    long arrived() {
        return arrived;
    }
}
