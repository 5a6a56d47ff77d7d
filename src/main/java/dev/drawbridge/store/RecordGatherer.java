package dev.drawbridge.store;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers a page of the records that are offered to it, whatever order they come in. It never keeps more than the page: as
 * many records as are asked for, and no more bytes than {@link #MOST_BYTES}, but one record at least.
 *
 * <p>The order is that of the ids' {@link StorageKey}s as UTF-8; for ids of ASCII letters, digits and {@code :-_.~} it is
 * the order of their characters. It is the same in every store and for rooms that are open, so that who goes through a room
 * page by page does not notice that it is opened or put away meanwhile.
 */
public final class RecordGatherer {
    /** What a page may come to. */
    public static final long MOST_BYTES = 2L << 20;

    private final RecordRange range;
    private final Optional<byte[]> after;
    private final NavigableMap<byte[], StoredRecord> found = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;
    /** The first that is known not to fit. */
    private Optional<byte[]> end = Optional.empty();

    public RecordGatherer(RecordRange range) {
        this.range = range;
        this.after = range.after().map(RecordGatherer::key);
    }

    /** Offers a record. One that is not on the page is looked at no further than its id. */
    public void offer(StoredRecord record) {
        byte[] key = key(record.id());
        if (isInside(key) && range.wanted().test(record)) {
            StoredRecord again = found.put(key, record);
            bytes += record.json().length - (again == null ? 0 : again.json().length);
            while (found.size() > range.limit() || (bytes > MOST_BYTES && found.size() > 1)) {
                end = Optional.of(found.lastKey());
                bytes -= found.pollLastEntry().getValue().json().length;
            }
        }
    }

    /** Behind the page before, and before the end of this one. */
    private boolean isInside(byte[] key) {
        return (after.isEmpty() || Arrays.compareUnsigned(key, after.get()) > 0)
                && (end.isEmpty() || Arrays.compareUnsigned(key, end.get()) < 0);
    }

    /** Whether something did not fit: who offers records in their order need not go on. */
    public boolean hasMore() {
        return end.isPresent();
    }

    public RoomExcerpt excerpt(long documentClock, SerializedSchema schema) {
        return new RoomExcerpt(List.copyOf(found.values()), hasMore(), documentClock, schema);
    }

    private static byte[] key(String id) {
        return StorageKey.of(id).getBytes(StandardCharsets.UTF_8);
    }
}
