package dev.drawbridge.store;

import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A page of records that come in any order")
class RecordGathererTest {
    private static final int QUARTER = (int) RecordGatherer.MOST_BYTES / 4;

    private static RoomExcerpt page(List<StoredRecord> offered, Optional<String> after, int limit) {
        RecordGatherer page = new RecordGatherer(new RecordRange(after, limit, any -> true));
        offered.forEach(page::offer);
        return page.excerpt(1, StoredRooms.SCHEMA);
    }

    private static List<String> ids(RoomExcerpt page) {
        return page.records().stream().map(StoredRecord::id).toList();
    }

    @Test
    @DisplayName("is the same whatever the order is, and whatever comes twice; the pages have each record once")
    void anyOrder() {
        Random random = new Random(7);
        List<StoredRecord> records = new ArrayList<>(IntStream.range(0, 40)
                .mapToObj(
                        i -> record("shape:%02d".formatted(i), 1, "x".repeat(i % 5 == 0 ? QUARTER : random.nextInt(9))))
                .toList());
        records.set(13, record("shape:13", 1, "x".repeat(5 * QUARTER)));
        List<String> expected = records.stream().map(StoredRecord::id).toList();
        for (int round = 0; round < 20; round++) {
            List<StoredRecord> shuffled = new ArrayList<>(records);
            shuffled.addAll(records.subList(0, 5));
            Collections.shuffle(shuffled, random);
            List<String> seen = new ArrayList<>();
            Optional<String> after = Optional.empty();
            do {
                RoomExcerpt page = page(shuffled, after, 7);
                assertThat(ids(page)).isEqualTo(ids(page(records, after, 7)));
                seen.addAll(ids(page));
                after = page.more() ? Optional.of(page.records().getLast().id()) : Optional.empty();
            } while (after.isPresent());
            assertThat(seen).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("keeps no more than the page, and asks nothing about what is not on it")
    void looksAtLittle() {
        List<String> asked = new ArrayList<>();
        RecordGatherer page =
                new RecordGatherer(new RecordRange(Optional.of("b"), 1, record -> asked.add(record.id())));

        List.of("e", "a", "d", "b", "c", "f", "e").forEach(id -> page.offer(record(id, 1)));

        assertThat(ids(page.excerpt(1, StoredRooms.SCHEMA))).containsExactly("c");
        assertThat(asked).containsExactly("e", "d", "c");
    }
}
