package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonArray;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.SerializedSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§17] snapshots as JSON")
class SnapshotFormatTest {

    @Test
    @DisplayName("[§17] what is written is read again")
    void roundTrip() throws Exception {
        RoomFixture room = RoomFixture.with(Records.geo("1"), Records.geo("\ud800"), Records.frame("2"));
        room.update(update -> update.delete("shape:2"));

        RoomSnapshot read = SnapshotFormat.read(write(room.snapshot()));

        assertThat(read.documentClock()).isEqualTo(3);
        assertThat(read.tombstoneHistoryStartsAtClock()).isEqualTo(1);
        assertThat(read.tombstones()).isEqualTo(Map.of("shape:2", 3L));
        assertThat(read.schema()).isEqualTo(Schemas.OURS.serialize());
        assertThat(read.documents())
                .usingElementComparator((a, b) -> ParsedRecords.parse(a).equals(ParsedRecords.parse(b))
                                && a.id().equals(b.id())
                                && a.lastChangedClock() == b.lastChangedClock()
                        ? 0
                        : 1)
                .containsExactlyElementsOf(room.snapshot().documents());
    }

    @Test
    @DisplayName("[§17] it is written in the newest format")
    void format() throws Exception {
        JsonObject written = (JsonObject) Json.parse(write(RoomFixture.create().snapshot()));

        assertThat(written)
                .isEqualTo(JsonObject.builder()
                        .put("documents", JsonArray.of(document(Records.document()), document(Records.page())))
                        .put("tombstones", JsonObject.EMPTY)
                        .put("documentClock", 1)
                        .put("clock", 1)
                        .put("tombstoneHistoryStartsAtClock", 1)
                        .put("schema", Schemas.OURS.serialize().json())
                        .build());
    }

    @ParameterizedTest(name = "{0}: clock {1}, history from {2}, {3} tombstones")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "'documentClock':7,'tombstoneHistoryStartsAtClock':2,'tombstones':{'shape:x':5} | 7 | 2 | 1",
                "'documentClock':7,'clock':9,'tombstoneHistoryStartsAtClock':2                  | 7 | 2 | 0",
                "'clock':7,'tombstones':{'shape:x':5}                                           | 7 | 7 | 0",
                "'tombstones':{'shape:x':5}                                                     | 5 | 5 | 0",
                "'documentClock':1,'tombstoneHistoryStartsAtClock':0,'tombstones':{'shape:x':5} | 5 | 0 | 1",
                "'documentClock':1,'tombstoneHistoryStartsAtClock':99                           | 3 | 3 | 0",
                "'documentClock':7,'tombstoneHistoryStartsAtClock':2,'tombstones':{'page:page':5} | 7 | 2 | 0",
                "'documentClock':7,'tombstoneHistoryStartsAtClock':7,'tombstones':{'shape:x':5} | 7 | 7 | 0",
                "'documentClock':null,'clock':7                                                 | 7 | 7 | 0",
                "'documentClock':null,'clock':null                                              | 3 | 3 | 0",
                "'documentClock':7,'tombstones':null,'tombstoneHistoryStartsAtClock':2          | 7 | 2 | 0",
                "'documentClock':7,'tombstoneHistoryStartsAtClock':null                         | 7 | 7 | 0",
                "'documentClock':'7','tombstoneHistoryStartsAtClock':'2'                        | 7 | 2 | 0",
                "'documentClock':7,'tombstoneHistoryStartsAtClock':2,'tombstones':{'shape:x':'5'} | 7 | 2 | 1",
                "'documentClock':7,'tombstoneHistoryStartsAtClock':2,'tombstones':{'shape:x':null} | 7 | 2 | 1",
                "'documentClock':7,'schema':null                                                | 7 | 7 | 0",
            })
    @DisplayName("[§17] clocks are made to fit each other")
    void clocks(String fields, long clock, long historyStart, int tombstones) throws Exception {
        RoomSnapshot read = SnapshotFormat.read(text(
                "{'documents':[{'state':{'id':'page:page','typeName':'page'},'lastChangedClock':3}]," + fields + "}"));

        assertThat(read.documentClock()).isEqualTo(clock);
        assertThat(read.tombstoneHistoryStartsAtClock()).isEqualTo(historyStart);
        assertThat(read.tombstones()).hasSize(tombstones);
    }

    @Test
    @DisplayName("[§17] without a schema it is as old as can be")
    void noSchema() throws Exception {
        assertThat(SnapshotFormat.read(text("{'documents':[]}")).schema()).isEqualTo(SerializedSchema.EARLIEST);
    }

    @Test
    @DisplayName("[§17] a store snapshot is read: everything at clock 0, no tombstones")
    void store() throws Exception {
        RoomSnapshot read = SnapshotFormat.read(Json.encode(JsonObject.builder()
                .put("store", JsonObject.of(Records.PAGE_ID, Records.page()))
                .put("schema", Schemas.V5_0_1.json())
                .build()));

        assertThat(read.documents()).singleElement().satisfies(record -> {
            assertThat(record.lastChangedClock()).isZero();
            assertThat(ParsedRecords.parse(record)).isEqualTo(Records.page());
        });
        assertThat(read.documentClock()).isZero();
        assertThat(read.tombstones()).isEmpty();
        assertThat(read.schema()).isEqualTo(Schemas.V5_0_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "'x'",
                "{}",
                "{'documents':{}}",
                "{'documents':[5]}",
                "{'documents':[{}]}",
                "{'documents':[{'state':{'typeName':'page'}}]}",
                "{'documents':[{'state':{'id':'page:page'},'lastChangedClock':-1}]}",
                "{'documents':[],'documentClock':'seven'}",
                "{'documents':[],'documentClock':'-7'}",
                "{'documents':null}",
                "{'documents':null,'store':{}}",
                "{'documents':[],'documentClock':1.5}",
                "{'documents':[],'documentClock':1e400}",
                "{'documents':[],'tombstones':[]}",
                "{'documents':[],'tombstones':{'shape:x':false}}",
                "{'documents':[],'schema':5}",
                "{'store':[]}",
                "{'store':{'page:page':null}}"
            })
    @DisplayName("[§17] what is no snapshot is not read")
    void malformed(String snapshot) {
        assertThatExceptionOfType(MalformedSnapshotException.class)
                .isThrownBy(() -> SnapshotFormat.read(text(snapshot)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'tldrawFileFormatVersion':1,'schema':{'schemaVersion':2,'sequences':{}},'records':[RECORD]}",
                "{'records':[RECORD],'schema':{'schemaVersion':2,'sequences':{}},'tldrawFileFormatVersion':1}",
                "{'document':{'store':{'page:page':RECORD},'schema':{'schemaVersion':2,'sequences':{}}},'session':{'a':[1]}}",
                "{'session':[{}],'document':{'schema':{'schemaVersion':2,'sequences':{}},'store':{'page:page':RECORD}}}",
                "{'store':{'a':RECORD,'b':RECORD},'schema':{'schemaVersion':2,'sequences':{}},'more':{'a':[{}]}}",
                "{'schema':{'schemaVersion':2,'sequences':{}},'documents':[{'more':[1],'lastChangedClock':null,'state':RECORD}]}"
            })
    @DisplayName("[§17] a .tldr file, a whole editor's snapshot and members in any order are read")
    void otherForms(String snapshot) throws Exception {
        RoomSnapshot read =
                SnapshotFormat.read(text(snapshot.replace("RECORD", "{'id':'page:page','typeName':'page'}")));

        assertThat(read.documents()).singleElement().satisfies(record -> {
            assertThat(record.id()).isEqualTo("page:page");
            assertThat(new String(record.json(), UTF_8)).isEqualTo("{\"id\":\"page:page\",\"typeName\":\"page\"}");
            assertThat(record.lastChangedClock()).isZero();
        });
        assertThat(read.schema().json()).isEqualTo(json("{'schemaVersion':2,'sequences':{}}"));
        assertThat(read.documentClock()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'name':'x','document':{'id':'doc','version':15.5,'pages':{}},'assets':{}} | tldraw v1",
                "{'tldrawFileFormatVersion':2,'records':[]}                                 | newer",
                "{'tldrawFileFormatVersion':1,'records':[]}                                 | schema: expected an object",
                "{'type':'excalidraw','elements':[]}                                        | tldrawFileFormatVersion",
                "{'document':{'document':{'store':{}}}}                                     | expected documents",
            })
    @DisplayName("[§17] what only another program can convert is refused with what to do")
    void saysWhatToDo(String snapshot, String what) {
        assertThatExceptionOfType(MalformedSnapshotException.class)
                .isThrownBy(() -> SnapshotFormat.read(text(snapshot)))
                .withMessageContaining(what);
    }

    @Test
    @DisplayName("[§17] of records that share an id the last one counts")
    void twins() throws Exception {
        RoomSnapshot read = SnapshotFormat.read(
                text(
                        "{'documents':[{'state':{'id':'a','x':1},'lastChangedClock':4},{'state':{'id':'a','x':2},'lastChangedClock':3}]}"));

        assertThat(read.documents()).singleElement().satisfies(record -> assertThat(new String(record.json(), UTF_8))
                .contains("\"x\":2"));
    }

    private static byte[] text(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(UTF_8);
    }

    private static JsonObject document(JsonObject state) {
        return JsonObject.of("state", state).with("lastChangedClock", JsonNumber.of(1));
    }

    private static byte[] write(RoomSnapshot snapshot) throws IOException, JsonException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SnapshotFormat.write(snapshot, ObjectLane.NONE, out);
        return out.toByteArray();
    }

    @Test
    @DisplayName("[§17] [§11] an old snapshot makes returning clients start anew")
    void returningClients() throws Exception {
        RoomFixture room = RoomFixture.of(SnapshotFormat.read(Json.encode(JsonObject.builder()
                .put("clock", 7)
                .put("tombstones", json("{'shape:x':5}"))
                .put("schema", Schemas.OURS.serialize().json())
                .put("documents", JsonArray.of(document(Records.page())))
                .build())));

        RoomAssertions.assertThat(room.client("a").lastServerClock(6).join())
                .isHydrated("wipe_all", 7)
                .wasGivenOnly(Records.PAGE_ID);
        assertThat(List.copyOf(room.snapshot().tombstones().keySet())).isEmpty();
    }
}
