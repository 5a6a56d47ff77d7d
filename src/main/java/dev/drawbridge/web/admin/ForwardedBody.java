package dev.drawbridge.web.admin;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request on its way to the node that answers it, bounded as one that is read here. It is read by another
 * thread, and remembers why it has not come.
 */
final class ForwardedBody extends InputStream {
    private final ArrivingBody body;
    private final LongSupplier nanoTime;
    private volatile long lastReadAt;
    private final Lock reading = new ReentrantLock();
    private volatile boolean touched;
    private boolean over;
    private volatile @Nullable ProblemException problem;

    ForwardedBody(InputStream body, long most, LongSupplier nanoTime) {
        this.body = new ArrivingBody(body, most, nanoTime);
        this.nanoTime = nanoTime;
        this.lastReadAt = nanoTime.getAsLong();
    }

    /** When it was read last, or made. */
    long lastReadAt() {
        return lastReadAt;
    }

    /** Whether it has been begun to be read: it cannot be sent again. */
    boolean isTouched() {
        return touched;
    }

    /** What was wrong with it. */
    @Nullable
    ProblemException problem() {
        return problem;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        touched = true;
        reading.lock();
        try {
            if (over) {
                throw new IOException("The request is over");
            }
            int read = body.read(bytes, offset, length);
            lastReadAt = nanoTime.getAsLong();
            return read;
        } catch (ProblemException e) {
            problem = e;
            throw new IOException("refused", e);
        } catch (SocketTimeoutException e) {
            problem = new ProblemException(ProblemType.TOO_SLOW, "The body did not come");
            throw e;
        } finally {
            reading.unlock();
        }
    }

    /**
     * Nobody may read it any more, since the request's end is near. What has not come is let come, so that a caller who is
     * still sending can read the answer.
     */
    void end() {
        reading.lock();
        try {
            over = true;
            if (problem == null) {
                body.drain();
            }
        } catch (IOException | ProblemException e) {
            // then the connection is cut
        } finally {
            reading.unlock();
        }
    }
}
