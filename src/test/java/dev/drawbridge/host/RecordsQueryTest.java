package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.RecordGatherer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A page of records")
class RecordsQueryTest {
    private final List<StoredRecord> room = Stream.of("page:b", "shape:a", "page:a", "page:c")
            .map(RecordsQueryTest::record)
            .toList();

    private static StoredRecord record(String id) {
        String json = "{\"id\":\"%s\",\"typeName\":\"%s\"}".formatted(id, id.substring(0, id.indexOf(':')));
        return new StoredRecord(id, json.getBytes(StandardCharsets.UTF_8), 1);
    }

    private RecordsPage page(Optional<String> type, Optional<String> after, int limit) {
        RecordGatherer gatherer = new RecordGatherer(new RecordsQuery(type, after, limit).range());
        room.forEach(gatherer::offer);
        return RecordsPage.of(gatherer.excerpt(7, SerializedSchema.EARLIEST));
    }

    private static List<String> ids(RecordsPage page) {
        return page.records().stream().map(StoredRecord::id).toList();
    }

    @Test
    @DisplayName("is in the order of ids and leads to the next")
    void order() {
        RecordsPage first = page(Optional.empty(), Optional.empty(), 3);
        assertThat(ids(first)).containsExactly("page:a", "page:b", "page:c");
        assertThat(first.documentClock()).isEqualTo(7);
        assertThat(first.next()).contains("page:c");
        RecordsPage second = page(Optional.empty(), Optional.of("page:c"), 3);
        assertThat(ids(second)).containsExactly("shape:a");
        assertThat(second.next()).isEmpty();
    }

    @Test
    @DisplayName("of one type has no others, and does not promise a next one that has none")
    void type() {
        RecordsPage page = page(Optional.of("page"), Optional.empty(), 3);
        assertThat(ids(page)).containsExactly("page:a", "page:b", "page:c");
        assertThat(page.next()).isEmpty();
        assertThat(ids(page(Optional.of("shape"), Optional.empty(), 3))).containsExactly("shape:a");
    }

    @Test
    @DisplayName("whose last record is of no type that is asked for has nothing, and no next one")
    void none() {
        assertThat(page(Optional.of("asset"), Optional.empty(), 3))
                .isEqualTo(new RecordsPage(List.of(), 7, Optional.empty()));
    }
}
