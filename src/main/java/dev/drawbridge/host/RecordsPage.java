package dev.drawbridge.host;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.RecordGatherer;
import dev.drawbridge.store.RoomExcerpt;
import java.util.List;
import java.util.Optional;

/**
 * A page of records, in the order that {@link RecordGatherer} knows. It may have fewer than were asked for and not be the
 * last, when its records are large.
 *
 * @param documentClock the clock of the room
 * @param next the last id, when there are further records
 */
public record RecordsPage(List<StoredRecord> records, long documentClock, Optional<String> next) {

    static RecordsPage of(RoomExcerpt excerpt) {
        List<StoredRecord> records = excerpt.records();
        return new RecordsPage(
                records,
                excerpt.documentClock(),
                excerpt.more() ? Optional.of(records.getLast().id()) : Optional.empty());
    }
}
