package dev.drawbridge.history.chain;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.util.List;
import java.util.Optional;

/**
 * What makes one document of another: ids that go, then records that come or are replaced.
 *
 * @param schema the new one, when it is another
 */
public record Difference(Optional<SerializedSchema> schema, List<String> removed, List<StoredRecord> puts) {

    public Difference {
        removed = List.copyOf(removed);
        puts = List.copyOf(puts);
    }

    /** A whole document: what makes it of nothing. */
    public static Difference whole(SerializedSchema schema, List<StoredRecord> records) {
        return new Difference(Optional.of(schema), List.of(), records);
    }

    /** About how large it is before it is compressed. */
    public long bytes() {
        long bytes = 0;
        for (StoredRecord record : puts) {
            bytes += record.json().length;
        }
        for (String id : removed) {
            bytes += id.length();
        }
        return bytes;
    }
}
