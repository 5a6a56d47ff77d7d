package dev.drawbridge.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A socket whose network takes what it gets at once, or nothing at all. */
final class HandSocket implements ClientSocket {
    private final List<String> written = new CopyOnWriteArrayList<>();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> closes = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean stuck;
    private volatile boolean waiting;
    private volatile boolean broken;

    @Override
    public void write(byte[] message) throws IOException {
        if (stuck) {
            waiting = true;
            awaitClose();
        }
        if (broken || closed.getCount() == 0) {
            throw new IOException("the socket is closed");
        }
        written.add(new String(message, StandardCharsets.UTF_8));
    }

    private void awaitClose() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void flush() {
        sent.addAll(written);
        written.clear();
    }

    @Override
    public void close(int code, String reason) {
        closes.add(code + reason);
        closed.countDown();
    }

    /** From now on the network takes nothing. */
    void stick() {
        stuck = true;
    }

    /** Whether a writer waits for the network. */
    boolean isWaiting() {
        return waiting;
    }

    /** From now on writing fails. */
    void breakDown() {
        broken = true;
    }

    /** All messages that have left. */
    List<String> sent() {
        return sent;
    }

    /** The code and the reason of each close. */
    List<String> closes() {
        return closes;
    }
}
