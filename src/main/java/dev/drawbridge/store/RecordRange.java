package dev.drawbridge.store;

import dev.drawbridge.room.StoredRecord;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which records of a room are to be read.
 *
 * @param after the last id of the page before
 * @param limit the most records, at least 1
 * @param wanted which of them count; it may be asked by any thread, and more than once about a record
 */
public record RecordRange(Optional<String> after, int limit, Predicate<StoredRecord> wanted) {}
