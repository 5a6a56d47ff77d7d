package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a store has of a room when it writes each {@link DocumentChange} as it is told, and nothing else. */
public final class StoredRoom {
    private final Map<String, StoredRecord> documents = new LinkedHashMap<>();
    private final Map<String, Long> tombstones = new LinkedHashMap<>();
    private long clock;
    private long historyStartsAtClock;

    public StoredRoom() {}

    public StoredRoom(RoomSnapshot snapshot) {
        write(snapshot.asFirstChange());
    }

    public long clock() {
        return clock;
    }

    public void write(DocumentChange change) {
        assertThat(change.previousClock())
                .as("the clock that the change follows")
                .isEqualTo(clock);
        clock = change.clock();
        historyStartsAtClock = change.historyStartsAtClock();
        change.puts().forEach(put -> documents.put(put.id(), put));
        change.tombstones().keySet().forEach(documents::remove);
        change.prunedTombstones().forEach(tombstones::remove);
        tombstones.putAll(change.tombstones());
    }

    public void writeAll(Iterable<DocumentChange> changes) {
        changes.forEach(this::write);
    }

    /** What a room is made of when it is loaded. */
    public RoomSnapshot snapshot() {
        return new RoomSnapshot(
                List.copyOf(documents.values()),
                Map.copyOf(tombstones),
                clock,
                historyStartsAtClock,
                Schemas.OURS.serialize());
    }

    /** The stored room is the one in memory, to the last tombstone. */
    public void assertEquals(RoomSnapshot room) {
        assertDocumentsEqual(room);
        assertThat(tombstones).as("stored tombstones").isEqualTo(room.tombstones());
    }

    /** As {@link #assertEquals}, but the store may remember deletions from before the history starts. */
    public void assertServesLike(RoomSnapshot room) {
        assertDocumentsEqual(room);
        assertThat(tombstones).as("stored tombstones").containsAllEntriesOf(room.tombstones());
        tombstones.forEach(
                (id, deletedAt) -> assertThat(room.tombstones().containsKey(id) || deletedAt <= historyStartsAtClock)
                        .as("%s may be forgotten", id)
                        .isTrue());
    }

    private void assertDocumentsEqual(RoomSnapshot room) {
        assertThat(clock).as("stored clock").isEqualTo(room.documentClock());
        assertThat(historyStartsAtClock).as("stored start of history").isEqualTo(room.tombstoneHistoryStartsAtClock());
        Map<String, StoredRecord> inMemory = new LinkedHashMap<>();
        room.documents().forEach(record -> inMemory.put(record.id(), record));
        assertThat(documents.keySet()).as("stored records").isEqualTo(inMemory.keySet());
        documents.forEach((id, record) -> {
            StoredRecord other = inMemory.get(id);
            assertThat(other).isNotNull();
            assertThat(record.lastChangedClock()).as(id).isEqualTo(other.lastChangedClock());
            if (record.json() != other.json()) {
                JsonObject stored = ParsedRecords.parse(record);
                assertThat(stored).as(id).isEqualTo(ParsedRecords.parse(other));
            }
        });
    }
}
