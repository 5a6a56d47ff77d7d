package dev.drawbridge.room;

import dev.drawbridge.schema.SerializedSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Changes that follow each other and are stored as one. To add one costs what that one has, however much has gathered
 * before. It is used by one thread at a time.
 */
public final class DocumentChanges {
    private final long previousClock;
    private final Map<String, StoredRecord> puts = new LinkedHashMap<>();
    private final Map<String, Long> tombstones;
    private final Set<String> pruned;
    private long clock;
    private long historyStartsAtClock;
    private SerializedSchema schema;
    private DocumentSize size;
    private long bytesPut;

    public DocumentChanges(DocumentChange first) {
        this.previousClock = first.previousClock();
        this.tombstones = new LinkedHashMap<>(first.tombstones());
        this.pruned = new HashSet<>(first.prunedTombstones());
        this.clock = first.clock();
        this.historyStartsAtClock = first.historyStartsAtClock();
        this.schema = first.schema();
        this.size = first.size();
        first.puts().forEach(this::put);
    }

    /**
     * Takes the next one.
     *
     * @throws IllegalArgumentException when it does not start where the ones before end
     */
    public void add(DocumentChange next) {
        if (next.previousClock() != clock) {
            throw new IllegalArgumentException(
                    "a change that starts at clock " + next.previousClock() + " cannot follow clock " + clock);
        }
        Set<String> putNext = HashSet.newHashSet(next.puts().size());
        for (StoredRecord put : next.puts()) {
            put(put);
            putNext.add(put.id());
        }
        for (String id : next.prunedTombstones()) {
            // The tombstone of a deletion that is not stored yet is what deletes the record: it stays, too old to
            // matter.
            if (!tombstones.containsKey(id) || putNext.contains(id)) {
                tombstones.remove(id);
                pruned.add(id);
            }
        }
        next.tombstones().forEach((id, deletedAt) -> {
            StoredRecord gone = puts.remove(id);
            bytesPut -= gone == null ? 0 : gone.json().length;
            pruned.remove(id);
            tombstones.put(id, deletedAt);
        });
        clock = next.clock();
        historyStartsAtClock = next.historyStartsAtClock();
        schema = next.schema();
        size = next.size();
    }

    private void put(StoredRecord record) {
        StoredRecord before = puts.put(record.id(), record);
        bytesPut += record.json().length - (before == null ? 0 : before.json().length);
    }

    /** The bytes of all records that are to be written. */
    public long bytesPut() {
        return bytesPut;
    }

    /** All of them as one; what is added later does not change it. */
    public DocumentChange asOne() {
        return new DocumentChange(
                previousClock,
                clock,
                historyStartsAtClock,
                schema,
                new ArrayList<>(puts.values()),
                new LinkedHashMap<>(tombstones),
                new HashSet<>(pruned),
                size);
    }
}
