package dev.drawbridge.history.chain;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A document that is put together again: blocks are applied to it, a whole one first. What it holds is asked for in bytes
 * before it is held.
 *
 * @param <T> what is kept of each record
 */
public final class Replay<T> implements BlockReader {
    /** An entry, and what belongs to its id and its value besides the characters and bytes. */
    private static final long AN_ENTRY = 200;

    /** So many bytes are asked for at once. */
    private static final long PORTION = 64 << 10;

    private final Function<StoredRecord, T> keeping;
    private final ToIntFunction<T> weighing;
    private final LongPredicate allowance;
    private final Map<String, T> records = new HashMap<>();
    private @Nullable SerializedSchema schema;
    private long weight;
    private long allowed;

    private Replay(Function<StoredRecord, T> keeping, ToIntFunction<T> weighing, LongPredicate allowance) {
        this.keeping = keeping;
        this.weighing = weighing;
        this.allowance = allowance;
    }

    /**
     * Keeps the records.
     *
     * @param allowance whether so many bytes more may be held
     */
    public static Replay<StoredRecord> ofRecords(LongPredicate allowance) {
        return new Replay<>(record -> record, record -> record.json().length, allowance);
    }

    /**
     * Keeps no more than their hashes.
     *
     * @param allowance whether so many bytes more may be held
     */
    public static Replay<byte[]> ofHashes(LongPredicate allowance) {
        RecordHashes hashes = new RecordHashes();
        return new Replay<>(hashes::of, hash -> hash.length, allowance);
    }

    /** Begins with nothing again; what it was allowed to hold it still is. */
    public void clear() {
        records.clear();
        weight = 0;
        schema = null;
    }

    @Override
    public void schema(SerializedSchema newSchema) {
        schema = newSchema;
    }

    @Override
    public void removed(String id) {
        T before = records.remove(id);
        if (before != null) {
            weight -= weight(id, before);
        }
    }

    @Override
    public void put(StoredRecord record) {
        T kept = keeping.apply(record);
        T before = records.put(record.id(), kept);
        weight += weight(record.id(), kept) - (before == null ? 0 : weight(record.id(), before));
        ask(weight);
    }

    @Override
    public void expect(int bytes) {
        ask(weight + bytes);
    }

    private void ask(long bytes) {
        if (bytes > allowed) {
            long more = Math.max(bytes - allowed, PORTION);
            if (!allowance.test(more)) {
                throw new NoRoomException();
            }
            allowed += more;
        }
    }

    private long weight(String id, T kept) {
        return AN_ENTRY + id.length() + weighing.applyAsInt(kept);
    }

    /**
     * The schema of the document.
     *
     * @throws DamagedBlockException when no block had one: the first was not whole
     */
    public SerializedSchema schema() throws DamagedBlockException {
        if (schema == null) {
            throw new DamagedBlockException("it begins with no whole document");
        }
        return schema;
    }

    /** What is kept of the records now; it changes with the next block. */
    public Collection<T> records() {
        return Collections.unmodifiableCollection(records.values());
    }

    /** What is in a document of which the records are kept. */
    public static Manifest manifest(Replay<StoredRecord> replay) throws DamagedBlockException {
        return Manifest.of(replay.schema(), replay.records());
    }

    /** What is in a document of which the hashes are kept. */
    public static Manifest manifestOfHashes(Replay<byte[]> replay) throws DamagedBlockException {
        return Manifest.of(replay.schema(), new TreeMap<>(replay.records));
    }
}
