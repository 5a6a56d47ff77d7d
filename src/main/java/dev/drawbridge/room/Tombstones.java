package dev.drawbridge.room;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The deletions that are remembered, oldest first, so that a client that was away learns of them (§10, §11). */
final class Tombstones {
    private final SequencedMap<String, Long> clocks = new LinkedHashMap<>();

    Tombstones(Map<String, Long> tombstones) {
        tombstones.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(tombstone -> clocks.putLast(tombstone.getKey(), tombstone.getValue()));
    }

    int size() {
        return clocks.size();
    }

    void add(String id, long clock) {
        clocks.putLast(id, clock);
    }

    void remove(String id) {
        clocks.remove(id);
    }

    List<String> since(long clock) {
        List<String> ids = new ArrayList<>();
        for (Map.Entry<String, Long> tombstone : clocks.sequencedEntrySet().reversed()) {
            if (tombstone.getValue() <= clock) {
                break;
            }
            ids.add(tombstone.getKey());
        }
        return ids;
    }

    /**
     * The oldest ones, {@code count} and those that share the clock of the last of them: a clock is remembered whole or
     * not at all.
     */
    List<String> oldest(int count) {
        List<String> ids = new ArrayList<>();
        @Nullable Long lastClock = null;
        for (Map.Entry<String, Long> tombstone : clocks.entrySet()) {
            if (ids.size() >= count && !tombstone.getValue().equals(lastClock)) {
                break;
            }
            ids.add(tombstone.getKey());
            lastClock = tombstone.getValue();
        }
        return ids;
    }

    /** The clock of the oldest one, or the given clock when there is none. */
    long oldestClockOr(long none) {
        return clocks.isEmpty() ? none : clocks.firstEntry().getValue();
    }

    Map<String, Long> asMap() {
        return new LinkedHashMap<>(clocks);
    }
}
