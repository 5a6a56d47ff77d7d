package dev.drawbridge.host;

import dev.drawbridge.loop.Loop;
import dev.drawbridge.protocol.Payload;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A socket whose network takes what it gets at once, or nothing at all until it is told to. */
public final class HandSocket implements ClientSocket {
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> closes = new CopyOnWriteArrayList<>();
    private volatile boolean stuck;
    private final AtomicInteger pauses = new AtomicInteger();
    private volatile @Nullable Payload unsent;
    private final AtomicLong taken = new AtomicLong();
    private volatile @Nullable Runnable whenTaken;

    @Override
    public void serveOn(Loop loop) {
        // the test brings what comes in
    }

    @Override
    public void pauseReading() {
        pauses.incrementAndGet();
    }

    @Override
    public void resumeReading() {
        pauses.decrementAndGet();
    }

    /** Whether nothing more is to be read. */
    public boolean isPaused() {
        return pauses.get() > 0;
    }

    @Override
    public boolean sendPart(Payload message, Part part, Runnable whenAllTaken) {
        if (unsent != null || !closes.isEmpty()) {
            throw new IllegalStateException("one message after the other, and none after the close");
        }
        if (stuck) {
            whenTaken = whenAllTaken;
            taken.set(0);
            unsent = message;
            return false;
        }
        sent.add(text(message));
        return true;
    }

    @Override
    public long unsent() {
        Payload message = unsent;
        return message == null ? 0 : message.length() - taken.get();
    }

    @Override
    public void close(int code, String reason) {
        if (unsent != null) {
            throw new IllegalStateException("a close frame in the middle of a message");
        }
        closes.add(code + reason);
    }

    @Override
    public void drop() {
        closes.add("dropped");
    }

    /** From now on the network takes nothing. */
    public void stick() {
        stuck = true;
    }

    /** Whether a message waits for the network. */
    public boolean isWaiting() {
        return unsent != null;
    }

    /** The network takes one byte. */
    public void takeOne() {
        taken.incrementAndGet();
    }

    /** The network takes the message that waits, and whatever comes from now on. */
    public void release() {
        stuck = false;
        Payload message = unsent;
        Runnable told = whenTaken;
        if (message != null && told != null) {
            unsent = null;
            sent.add(text(message));
            told.run();
        }
    }

    /** All messages that have left. */
    public List<String> sent() {
        return sent;
    }

    /** The code and the reason of each close; {@code dropped} when there was no close frame. */
    public List<String> closes() {
        return closes;
    }

    private static String text(Payload message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.slices().forEachRemaining(bytes::writeBytes);
        if (bytes.size() != message.length()) {
            throw new AssertionError("announced are " + message.length() + " bytes, there are " + bytes.size());
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
