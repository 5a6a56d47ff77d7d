package dev.drawbridge.web.socket;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** Buffers that sockets borrow while they read or write: one that is idle has none. */
final class Buffers {
    /** What the container reads at once, also of a TLS record. */
    static final Buffers FOR_READING = new Buffers(20 << 10, 256);

    static final Buffers FOR_WRITING = new Buffers(64 << 10, 64);

    private final int size;
    private final ArrayBlockingQueue<ByteBuffer> free;

    private Buffers(int size, int most) {
        this.size = size;
        this.free = new ArrayBlockingQueue<>(most);
    }

    /** An empty buffer. There is a new one when all are lent. */
    ByteBuffer borrow() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? ByteBuffer.allocateDirect(size) : buffer.clear();
    }

    void giveBack(ByteBuffer buffer) {
        free.offer(buffer);
    }
}
