package dev.drawbridge.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[issue 10.A2] The trees of the records that were edited last")
class ParsedRecordsTest {
    private final ParsedRecords parsed = new ParsedRecords();

    @Test
    @DisplayName("are kept as long as they take no more memory than they may")
    void bounded() {
        for (int i = 0; i < 100; i++) {
            keep("shape:" + i, 40_000);
        }

        assertThat(parsed.known("shape:99")).isNotNull();
        assertThat(parsed.known("shape:60")).isNotNull();
        assertThat(parsed.known("shape:40")).isNull();
    }

    @Test
    @DisplayName("are weighed by what a tree takes, not by its text")
    void weighed() {
        String items = "1,".repeat(60_000) + "1";
        JsonObject record = Records.with(Records.geo("1"), "meta", "{'a':[" + items + "]}");

        parsed.keep(new StoredRecord("shape:1", Json.encode(record), 1), record, true);

        assertThat(parsed.known("shape:1")).isNull();
    }

    @Test
    @DisplayName("make room for others when they shrink")
    void shrink() {
        keep("shape:1", 1_900_000);
        keep("shape:1", 10);
        keep("shape:2", 1_900_000);

        assertThat(parsed.known("shape:1")).isNotNull();
        assertThat(parsed.known("shape:2")).isNotNull();
    }

    private void keep(String id, int size) {
        JsonObject record = Records.with(Records.geo(id), "meta", "{'note':'" + "n".repeat(size) + "'}");
        parsed.keep(new StoredRecord(id, Json.encode(record), 1), record, true);
    }
}
