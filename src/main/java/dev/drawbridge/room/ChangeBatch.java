package dev.drawbridge.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Changes that follow one another, as one. Adding one costs what is in it, however many came before. */
public final class ChangeBatch {
    private final Map<String, StoredRecord> puts = new LinkedHashMap<>();
    private final Map<String, Long> tombstones = new LinkedHashMap<>();
    private final Set<String> pruned = new HashSet<>();
    private final long previousClock;
    private DocumentChange last;
    private long bytes;

    public ChangeBatch(DocumentChange first) {
        this.previousClock = first.previousClock();
        this.last = first;
        take(first);
    }

    /**
     * Adds the change that follows.
     *
     * @throws IllegalArgumentException when it does not follow the one before
     */
    public void add(DocumentChange next) {
        if (next.previousClock() != last.clock()) {
            throw new IllegalArgumentException(
                    "a change that starts at clock " + next.previousClock() + " cannot follow clock " + last.clock());
        }
        take(next);
        last = next;
    }

    private void take(DocumentChange change) {
        Set<String> back = HashSet.newHashSet(change.puts().size());
        for (StoredRecord put : change.puts()) {
            back.add(put.id());
            bytes += put.json().length;
            drop(puts.put(put.id(), put));
        }
        for (String id : change.prunedTombstones()) {
            // The tombstone of a deletion that is not stored yet is what deletes the record: it stays, too old to
            // matter.
            if (!tombstones.containsKey(id) || back.contains(id)) {
                tombstones.remove(id);
                pruned.add(id);
            }
        }
        change.tombstones().forEach((id, deletedAt) -> {
            drop(puts.remove(id));
            pruned.remove(id);
            tombstones.put(id, deletedAt);
        });
    }

    private void drop(@Nullable StoredRecord superseded) {
        if (superseded != null) {
            bytes -= superseded.json().length;
        }
    }

    /** How many bytes its records have. */
    public long bytes() {
        return bytes;
    }

    /** All of it as one change. */
    public DocumentChange toChange() {
        return new DocumentChange(
                previousClock,
                last.clock(),
                last.historyStartsAtClock(),
                last.schema(),
                new ArrayList<>(puts.values()),
                new LinkedHashMap<>(tombstones),
                new HashSet<>(pruned),
                last.size());
    }
}
