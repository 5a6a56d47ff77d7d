package dev.drawbridge.command;

import dev.drawbridge.json.JsonStream;

/** What the room that is being read takes in memory, and no more than it may. */
final class MemoryMeter implements JsonStream.Meter {
    private final long most;
    private long held;

    /** There is no more memory for it. */
    static final class ExhaustedException extends RuntimeException {

        ExhaustedException() {
            super(null, null, false, false);
        }
    }

    MemoryMeter(long most) {
        this.most = most;
    }

    /** A part of the heap that leaves room for what is made of it: what is stored of it goes through memory too. */
    static MemoryMeter ofHeap() {
        return new MemoryMeter(Runtime.getRuntime().maxMemory() / 4);
    }

    long most() {
        return most;
    }

    @Override
    public void hold(long bytes) {
        held += bytes;
        if (held > most) {
            throw new ExhaustedException();
        }
    }

    @Override
    public void release(long bytes) {
        held -= bytes;
    }
}
