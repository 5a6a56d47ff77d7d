package dev.drawbridge.protocol;

/** The chunks of one message that have come so far; each carries the number of those that still follow (§2). */
final class ChunkSequence {
    private final StringBuilder text = new StringBuilder();
    private int next;

    ChunkSequence(int first) {
        this.next = first;
    }

    boolean isNext(long following) {
        return following == next;
    }

    int length() {
        return text.length();
    }

    void append(String frame, int start) {
        text.append(frame, start, frame.length());
        next--;
    }

    boolean isComplete() {
        return next < 0;
    }

    String text() {
        return text.toString();
    }
}
