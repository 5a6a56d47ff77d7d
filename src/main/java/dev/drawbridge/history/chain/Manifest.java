package dev.drawbridge.history.chain;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a document, without what it says: enough to find how another one differs. It has half of each record's hash,
 * which is as hard to meet by chance or on purpose; what is found is checked by the whole hash when it is read.
 */
public final class Manifest {
    /** The header of a text and of its bytes, and the reference to it. */
    private static final long AN_ID = 64;

    private static final long A_MARK = 2 * Long.BYTES;

    private final SerializedSchema schema;
    private final String[] ids;
    private final long[] marks;
    private final String sha256;

    private Manifest(SerializedSchema schema, SortedMap<String, byte[]> hashes, String sha256) {
        this.schema = schema;
        this.sha256 = sha256;
        this.ids = new String[hashes.size()];
        this.marks = new long[2 * hashes.size()];
        int i = 0;
        for (Map.Entry<String, byte[]> each : hashes.entrySet()) {
            ids[i] = each.getKey();
            ByteBuffer hash = ByteBuffer.wrap(each.getValue());
            marks[2 * i] = hash.getLong();
            marks[2 * i + 1] = hash.getLong();
            i++;
        }
    }

    public static Manifest of(SerializedSchema schema, Collection<StoredRecord> records) {
        RecordHashes hashes = new RecordHashes();
        SortedMap<String, byte[]> each = new TreeMap<>();
        records.forEach(record -> each.put(record.id(), hashes.of(record)));
        return of(schema, each);
    }

    /**
     * The manifest of records whose hashes are known.
     *
     * @param hashes those of the records, by id
     */
    public static Manifest of(SerializedSchema schema, SortedMap<String, byte[]> hashes) {
        return new Manifest(schema, hashes, new RecordHashes().of(schema, hashes));
    }

    /** The hash of the document, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** About how many bytes this takes in memory. */
    public long weight() {
        long weight = 0;
        for (String id : ids) {
            weight += id.length() + AN_ID + A_MARK;
        }
        return weight;
    }

    /**
     * How this document differs from another.
     *
     * @param records those of this document
     */
    public Difference since(Manifest base, Collection<StoredRecord> records) {
        List<StoredRecord> puts = new ArrayList<>();
        for (StoredRecord record : records) {
            if (!has(find(record.id()), base)) {
                puts.add(record);
            }
        }
        List<String> removed = new ArrayList<>();
        for (String id : base.ids) {
            if (find(id) < 0) {
                removed.add(id);
            }
        }
        return new Difference(schema.equals(base.schema) ? Optional.empty() : Optional.of(schema), removed, puts);
    }

    /** Whether another document has this record too, as it is. */
    private boolean has(int mine, Manifest other) {
        int theirs = other.find(ids[mine]);
        return theirs >= 0
                && marks[2 * mine] == other.marks[2 * theirs]
                && marks[2 * mine + 1] == other.marks[2 * theirs + 1];
    }

    private int find(String id) {
        return Arrays.binarySearch(ids, id);
    }
}
