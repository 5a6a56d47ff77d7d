package dev.drawbridge.store;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.util.List;

/**
 * Some records of a stored room, as they were together at one commit.
 *
 * @param more whether there are further ones behind the last
 * @param documentClock the clock of the room
 * @param schema the version that the records are written in
 */
public record RoomExcerpt(List<StoredRecord> records, boolean more, long documentClock, SerializedSchema schema) {}
