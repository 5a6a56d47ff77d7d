package dev.drawbridge.room;

import java.util.Collection;

/**
 * How large a document is.
 *
 * @param records how many records it has
 * @param bytes how many bytes these take, as UTF-8 JSON
 */
public record DocumentSize(int records, long bytes) {
    public static final DocumentSize EMPTY = new DocumentSize(0, 0);

    static DocumentSize of(Collection<StoredRecord> records) {
        long bytes = 0;
        for (StoredRecord record : records) {
            bytes += record.json().length;
        }
        return new DocumentSize(records.size(), bytes);
    }
}
