package dev.drawbridge.protocol;

import java.util.List;

/**
 * Records that a client is given, as they are. The list is made once and shared by all messages that give the same ones,
 * and so is what they come to.
 */
public final class RecordPuts {
    public static final RecordPuts NONE = new RecordPuts(List.of());

    private final List<EncodedRecord> records;
    private final long length;

    public RecordPuts(List<? extends EncodedRecord> records) {
        this.records = List.copyOf(records);
        this.length = this.records.stream().mapToLong(RecordDiff::lengthOf).sum();
    }

    /** A list whose length is known already: the sum of {@link #lengthOf} of its records. */
    public RecordPuts(List<? extends EncodedRecord> records, long length) {
        this.records = List.copyOf(records);
        this.length = length;
    }

    /** How many bytes the operation of a record takes, without what separates it from the next. */
    public static long lengthOf(EncodedRecord record) {
        return RecordDiff.lengthOf(record);
    }

    public List<EncodedRecord> records() {
        return records;
    }

    /** How many bytes their operations take, without what separates them. */
    long length() {
        return length;
    }
}
