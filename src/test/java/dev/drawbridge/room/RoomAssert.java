package dev.drawbridge.room;

import dev.drawbridge.json.JsonObject;
import java.util.Map;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;

/** What a room holds, and what it has told its host. */
public final class RoomAssert extends AbstractAssert<RoomAssert, RoomFixture> {

    RoomAssert(RoomFixture room) {
        super(room, RoomAssert.class);
    }

    public RoomAssert hasClock(long clock) {
        Assertions.assertThat(actual.room().documentClock()).as("clock").isEqualTo(clock);
        return this;
    }

    public RoomAssert hasHistoryFrom(long clock) {
        Assertions.assertThat(actual.snapshot().tombstoneHistoryStartsAtClock())
                .as("start of the history")
                .isEqualTo(clock);
        return this;
    }

    public RoomAssert holds(JsonObject... records) {
        for (JsonObject record : records) {
            Assertions.assertThat(actual.record(Records.idOf(record))).contains(record);
        }
        return this;
    }

    public RoomAssert holdsNo(String... ids) {
        for (String id : ids) {
            Assertions.assertThat(actual.record(id)).as(id).isEmpty();
        }
        return this;
    }

    public RoomAssert holdsOnly(String... ids) {
        Assertions.assertThat(actual.snapshot().documents())
                .extracting(StoredRecord::id)
                .containsExactlyInAnyOrder(ids);
        return this;
    }

    public RoomAssert lastChanged(String id, long clock) {
        Assertions.assertThat(actual.snapshot().documents())
                .filteredOn(record -> record.id().equals(id))
                .singleElement()
                .extracting(StoredRecord::lastChangedClock)
                .isEqualTo(clock);
        return this;
    }

    public RoomAssert hasTombstones(Map<String, Long> tombstones) {
        Assertions.assertThat(actual.snapshot().tombstones()).isEqualTo(tombstones);
        return this;
    }

    public RoomAssert hasSessions(String... ids) {
        Assertions.assertThat(actual.room().sessions())
                .extracting(session -> session.visitor().sessionId())
                .containsExactlyInAnyOrder(ids);
        Assertions.assertThat(actual.room().isEmpty()).isEqualTo(ids.length == 0);
        return this;
    }

    public RoomAssert hasRemovedSessions(String... ids) {
        Assertions.assertThat(actual.removedSessions()).containsExactly(ids);
        return this;
    }

    public RoomAssert hasBecomeEmpty(int times) {
        Assertions.assertThat(actual.timesBecameEmpty()).isEqualTo(times);
        return this;
    }
}
