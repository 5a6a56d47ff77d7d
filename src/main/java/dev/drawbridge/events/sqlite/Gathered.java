package dev.drawbridge.events.sqlite;

import java.util.ArrayList;
import java.util.List;

/** Collects what is asked for, until it is enough, or too much for one answer. */
final class Gathered<T> {
    private static final long MOST_BYTES = 4L << 20;

    private final List<T> items = new ArrayList<>();
    private final int limit;
    private long bytes;

    Gathered(int limit) {
        this.limit = limit;
    }

    boolean hasRoom() {
        return items.size() < limit && bytes < MOST_BYTES;
    }

    void add(T item, int size) {
        items.add(item);
        bytes += size;
    }

    List<T> items() {
        return List.copyOf(items);
    }
}
