package dev.drawbridge.host;

import dev.drawbridge.protocol.ServerMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * What is to go out over one socket. Anybody may put something in and never waits; one virtual thread writes.
 *
 * <p>Data events keep the rhythm of §14: the first goes out at once, what follows within a sixtieth of a second goes out
 * together. Other messages go out at once, after the data that came before them; only a pong overtakes.
 */
final class SessionOutbox {
    private static final Logger log = LoggerFactory.getLogger(SessionOutbox.class);
    private static final byte[] DATA_HEAD = utf8("{\"type\":\"data\",\"data\":[");
    private static final byte[] DATA_TAIL = utf8("]}");

    private final ClientSocket socket;
    private final Executor pacer;
    private final long maxQueuedBytes;
    private final Runnable onOverflow;
    private final HostObserver observer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private ArrayDeque<Item> queue = new ArrayDeque<>();
    private long queuedBytes;
    private final LongAdder sentBytes = new LongAdder();
    private final LongAdder sentMessages = new LongAdder();
    private int pongs;
    /** Data has gone out less than a sixtieth of a second ago. */
    private boolean paced;
    /** Something is in the queue that does not wait. */
    private boolean urgent;

    private boolean closed;

    private sealed interface Item {
        record Data(byte[] event) implements Item {}

        record Message(ServerMessage message) implements Item {}

        record Close(int code, String reason) implements Item {}
    }

    /** Something has gathered while data was held back. */
    private boolean gathered;

    /** What is to be written now. A lone event that was held back ends the rhythm: the next one may go out at once. */
    private record Work(int pongs, ArrayDeque<Item> items, boolean endsRhythm) {}

    /**
     * @param pacer runs a task a sixtieth of a second later
     * @param maxQueuedBytes how much may wait while the socket does not take it
     * @param onOverflow called once when more would have to wait: the socket is closed then
     * @param observer is told of each message that is written
     */
    SessionOutbox(
            ClientSocket socket, Executor pacer, long maxQueuedBytes, Runnable onOverflow, HostObserver observer) {
        this.socket = socket;
        this.pacer = pacer;
        this.maxQueuedBytes = maxQueuedBytes;
        this.onOverflow = onOverflow;
        this.observer = observer;
    }

    /** @param logFields what log lines about it are marked with */
    void start(String name, Map<String, String> logFields) {
        Thread.ofVirtual().name(name).start(() -> {
            MDC.setContextMap(logFields);
            writeAll();
        });
    }

    /** How much waits to be written. */
    long queuedBytes() {
        lock.lock();
        try {
            return queuedBytes;
        } finally {
            lock.unlock();
        }
    }

    /** How much has been written to the socket. */
    long sentBytes() {
        return sentBytes.sum();
    }

    long sentMessages() {
        return sentMessages.sum();
    }

    /** An encoded data event; the array is shared with other outboxes. */
    void data(byte[] event) {
        put(new Item.Data(event), event.length, false);
    }

    /** Any other message; it is encoded when its turn comes, on the writer's thread. */
    void message(ServerMessage message) {
        if (message instanceof ServerMessage.Pong) {
            pong();
        } else {
            put(new Item.Message(message), message.encode().length(), true);
        }
    }

    /** Closes the socket after all that came before. */
    void close(int code, String reason) {
        put(new Item.Close(code, reason), 0, true);
    }

    /** Drops what waits and closes the socket now, on a thread of its own: a write may be stuck in it. */
    void abort(int code, String reason) {
        if (shut()) {
            Thread.startVirtualThread(() -> socket.close(code, reason));
        }
    }

    private void pong() {
        lock.lock();
        try {
            pongs = Math.min(pongs + 1, 16); // an answer each, but no more than any client waits for
            due.signal();
        } finally {
            lock.unlock();
        }
    }

    private void put(Item item, long bytes, boolean isUrgent) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (queuedBytes <= maxQueuedBytes) {
                queue.add(item);
                queuedBytes += bytes;
                urgent |= isUrgent;
                if (urgent || !paced) {
                    due.signal();
                }
                return;
            }
        } finally {
            lock.unlock();
        }
        overflow();
    }

    private void overflow() {
        if (shut()) {
            Thread.startVirtualThread(() -> socket.close(CloseCodes.TRY_AGAIN_LATER, ""));
            onOverflow.run();
        }
    }

    /** Drops what waits; false when it was closed already. */
    private boolean shut() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            queue.clear();
            queuedBytes = 0;
            due.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    // ---- the writer

    private void writeAll() {
        try {
            while (write(take())) {
                // until closed
            }
        } catch (IOException e) {
            abort(CloseCodes.TRY_AGAIN_LATER, "");
        } catch (RuntimeException e) {
            log.error(
                    "{}: what waits for this client cannot be written",
                    Thread.currentThread().getName(),
                    e);
            abort(CloseCodes.TRY_AGAIN_LATER, "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Work take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && pongs == 0 && !isDue()) {
                due.await();
            }
            ArrayDeque<Item> items = new ArrayDeque<>();
            boolean endsRhythm = false;
            if (isDue()) {
                items = queue;
                endsRhythm = gathered && items.size() == 1;
                gathered = false;
                queue = new ArrayDeque<>();
                queuedBytes = 0;
                urgent = false;
            }
            Work work = new Work(pongs, items, endsRhythm);
            pongs = 0;
            return work;
        } finally {
            lock.unlock();
        }
    }

    private boolean isDue() {
        return !queue.isEmpty() && (urgent || !paced);
    }

    /** Whether there may be more to write. */
    private boolean write(Work work) throws IOException {
        byte[] pong = new ServerMessage.Pong().encode().whole();
        for (int i = 0; i < work.pongs; i++) {
            write(pong);
        }
        List<byte[]> data = new ArrayList<>();
        for (Item item : work.items) {
            switch (item) {
                case Item.Data(byte[] event) -> data.add(event);
                case Item.Message(ServerMessage message) -> {
                    writeData(data, work.endsRhythm);
                    write(message.encode().whole());
                }
                case Item.Close(int code, String reason) -> {
                    writeData(data, work.endsRhythm);
                    socket.flush();
                    abort(code, reason);
                    return false;
                }
            }
        }
        writeData(data, work.endsRhythm);
        socket.flush();
        return !isClosed();
    }

    private void writeData(List<byte[]> events, boolean endsRhythm) throws IOException {
        if (events.isEmpty()) {
            return;
        }
        int size = DATA_HEAD.length + DATA_TAIL.length + events.size();
        for (byte[] event : events) {
            size += event.length;
        }
        ByteArrayOutputStream message = new ByteArrayOutputStream(size);
        message.writeBytes(DATA_HEAD);
        for (int i = 0; i < events.size(); i++) {
            if (i > 0) {
                message.write(',');
            }
            message.writeBytes(events.get(i));
        }
        message.writeBytes(DATA_TAIL);
        events.clear();
        if (!endsRhythm) {
            pace();
        }
        write(message.toByteArray());
    }

    private void write(byte[] message) throws IOException {
        socket.write(message);
        sentBytes.add(message.length);
        sentMessages.increment();
        observer.sent(message.length);
    }

    private void pace() {
        lock.lock();
        try {
            if (paced) {
                return; // urgent: the pause that is under way goes on
            }
            paced = true;
        } finally {
            lock.unlock();
        }
        pacer.execute(this::paused);
    }

    private void paused() {
        lock.lock();
        try {
            paced = false;
            if (!queue.isEmpty()) {
                gathered = true;
                due.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
