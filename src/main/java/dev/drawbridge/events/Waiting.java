package dev.drawbridge.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Events that wait to be written down, in their order, and those that are just being written; as many as there is room for.
 * For any thread: whoever brings one is held up for no longer than that takes.
 */
final class Waiting {
    private final int mostEvents;
    private final long mostBytes;
    private final Queue<Noted> events = new ArrayDeque<>();
    private final Map<String, Integer> perRoom = new HashMap<>();
    private int count;
    private long bytes;
    private long offered;

    Waiting(int mostEvents, long mostBytes) {
        this.mostEvents = mostEvents;
        this.mostBytes = mostBytes;
    }

    /** Whether there is room for it. */
    synchronized boolean offer(Noted event) {
        long size = event.bytes();
        if (count >= mostEvents || bytes + size > mostBytes) {
            return false;
        }
        events.add(event);
        perRoom.merge(event.event().roomId(), 1, Integer::sum);
        count++;
        offered++;
        bytes += size;
        return true;
    }

    /**
     * The next ones, which still count until they are {@link #done}.
     *
     * @param mostDiffs how many of them may want a diff
     */
    synchronized List<Noted> take(int most, int mostDiffs) {
        List<Noted> taken = new ArrayList<>();
        int diffs = 0;
        for (Noted next = events.peek(); next != null && taken.size() < most; next = events.peek()) {
            diffs += next.touched().isPresent() ? 1 : 0;
            if (diffs > mostDiffs) {
                break;
            }
            taken.add(events.remove());
        }
        return taken;
    }

    /** These are written down, or given up. */
    synchronized void done(List<Noted> taken) {
        for (Noted each : taken) {
            perRoom.computeIfPresent(each.event().roomId(), (room, number) -> number == 1 ? null : number - 1);
            count--;
            bytes -= each.bytes();
        }
    }

    /** Whether who can wait with an event had better do so. */
    synchronized boolean isHalfFull() {
        return count > mostEvents / 2 || bytes > mostBytes / 2;
    }

    synchronized boolean has(String roomId) {
        return perRoom.containsKey(roomId);
    }

    /** How many have ever come, and how many of these do not wait any more. */
    synchronized long offered() {
        return offered;
    }

    synchronized long done() {
        return offered - count;
    }

    synchronized int size() {
        return count;
    }

    /** How many nobody has taken yet. */
    synchronized int untaken() {
        return events.size();
    }
}
