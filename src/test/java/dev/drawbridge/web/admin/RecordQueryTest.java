package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A page of records")
class RecordQueryTest {
    private final RoomSnapshot room = new RoomSnapshot(
            Stream.of("page:b", "shape:a", "page:a", "page:c")
                    .map(RecordQueryTest::record)
                    .toList(),
            Map.of(),
            7,
            1,
            SerializedSchema.EARLIEST);

    private static StoredRecord record(String id) {
        String json = "{\"id\":\"%s\",\"typeName\":\"%s\"}".formatted(id, id.substring(0, id.indexOf(':')));
        return new StoredRecord(id, json.getBytes(StandardCharsets.UTF_8), 1);
    }

    private RecordsBody page(Optional<String> type, Optional<String> after, int limit) {
        return new RecordQuery(type, after, limit).page(room);
    }

    private static List<String> ids(RecordsBody page) {
        return page.records().stream()
                .map(record -> String.valueOf(record.string("id")))
                .toList();
    }

    @Test
    @DisplayName("is in the order of ids and leads to the next")
    void order() {
        RecordsBody first = page(Optional.empty(), Optional.empty(), 3);
        assertThat(ids(first)).containsExactly("page:a", "page:b", "page:c");
        assertThat(first.documentClock()).isEqualTo(7);
        assertThat(first.next()).isEqualTo(Cursor.after("page:c"));
        RecordsBody second = page(Optional.empty(), Optional.of("page:c"), 3);
        assertThat(ids(second)).containsExactly("shape:a");
        assertThat(second.next()).isNull();
    }

    @Test
    @DisplayName("of one type has no others, and does not promise a next one that has none")
    void type() {
        RecordsBody page = page(Optional.of("page"), Optional.empty(), 3);
        assertThat(ids(page)).containsExactly("page:a", "page:b", "page:c");
        assertThat(page.next()).isNull();
        assertThat(ids(page(Optional.of("shape"), Optional.empty(), 3))).containsExactly("shape:a");
    }
}
