package dev.drawbridge.web.admin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A body as it comes in: not more of it than may be, and not too slowly. */
public final class ArrivingBody extends FilterInputStream {
    private static final long PATIENCE_SECONDS = 30;
    private static final long SLOWEST_BYTES_PER_SECOND = 8 << 10;

    private final long most;
    private final LongSupplier nanoTime;
    private final long start;
    private long arrived;

    public ArrivingBody(InputStream body, long most, LongSupplier nanoTime) {
        super(body);
        this.most = most;
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
            if (arrived > most) {
                throw tooLarge(most);
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - start);
            if (seconds > PATIENCE_SECONDS + arrived / SLOWEST_BYTES_PER_SECOND) {
                throw new ProblemException(
                        ProblemType.TOO_SLOW,
                        "The body may take " + PATIENCE_SECONDS + " s and a second more for each "
                                + SLOWEST_BYTES_PER_SECOND + " bytes");
            }
        }
        return read;
    }

    /** Lets the rest come, so that a caller who is still sending can read the answer. */
    public void drain() throws IOException {
        byte[] unread = new byte[8 << 10];
        int read = read(unread, 0, unread.length);
        while (read >= 0) {
            read = read(unread, 0, unread.length);
        }
    }

    public static ProblemException tooLarge(long most) {
        return new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, "The body may have " + most + " bytes");
    }
}
