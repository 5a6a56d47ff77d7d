package dev.drawbridge.host;

import dev.drawbridge.store.RecordRange;
import java.util.Optional;

/**
 * Which records of a room are asked for.
 *
 * @param after the last id of the page before
 * @param limit the most records on the page, at least 1
 */
public record RecordsQuery(Optional<String> typeName, Optional<String> after, int limit) {

    /** No more records are parsed than have to be, to know their type. */
    RecordRange range() {
        return new RecordRange(after, limit, record -> typeName.isEmpty() || typeName.equals(record.typeName()));
    }
}
