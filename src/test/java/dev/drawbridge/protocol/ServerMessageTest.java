package dev.drawbridge.protocol;

import static dev.drawbridge.json.JsonText.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.diff.NetworkDiff;
import dev.drawbridge.diff.ObjectDiff;
import dev.drawbridge.diff.RecordOp;
import dev.drawbridge.diff.ValueOp;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("[§4] server messages")
class ServerMessageTest {
    private static final NetworkDiff X_IS_10 = NetworkDiff.of(
            "shape:a", new RecordOp.Patch(ObjectDiff.EMPTY.with("x", new ValueOp.Put(JsonNumber.of(10)))));

    @Test
    @DisplayName("[§4] patch")
    void patch() {
        assertEncoded(
                new DataEvent.Patch(13, X_IS_10),
                "{'type':'patch','serverClock':13,'diff':{'shape:a':['patch',{'x':['put',10]}]}}");
    }

    @Test
    @DisplayName("[§4] push_result: commit, discard, rebase")
    void pushResult() {
        JsonNumber clock = JsonNumber.of(7);
        assertEncoded(
                DataEvent.PushResult.of(clock, 14, new DataEvent.Action.Commit()),
                "{'type':'push_result','clientClock':7,'serverClock':14,'action':'commit'}");
        assertEncoded(
                DataEvent.PushResult.of(clock, 14, new DataEvent.Action.Discard()),
                "{'type':'push_result','clientClock':7,'serverClock':14,'action':'discard'}");
        assertEncoded(
                DataEvent.PushResult.of(clock, 14, new DataEvent.Action.Rebase(X_IS_10)),
                "{'type':'push_result','clientClock':7,'serverClock':14,"
                        + "'action':{'rebaseWithDiff':{'shape:a':['patch',{'x':['put',10]}]}}}");
    }

    @Test
    @DisplayName("[§12.4] a clientClock that was missing stays missing")
    void noClientClock() {
        assertEncoded(
                DataEvent.PushResult.of(null, 14, new DataEvent.Action.Commit()),
                "{'type':'push_result','serverClock':14,'action':'commit'}");
    }

    @Test
    @DisplayName("[§4] connect")
    void connect() {
        byte[] page = "{\"id\":\"page:page\",\"typeName\":\"page\"}".getBytes(StandardCharsets.UTF_8);
        assertEncoded(
                new ConnectResponse(
                        new JsonString("V1"),
                        ConnectResponse.HydrationType.WIPE_ALL,
                        JsonObject.of("schemaVersion", JsonNumber.of(2)),
                        12,
                        List.of(puts("page:page", page)),
                        List.of("shape:a", "shape:\"b\""),
                        false,
                        ObjectAccess.WRITE),
                "{'type':'connect','connectRequestId':'V1','hydrationType':'wipe_all','protocolVersion':8,"
                        + "'schema':{'schemaVersion':2},'serverClock':12,"
                        + "'diff':{'page:page':['put',{'id':'page:page','typeName':'page'}],"
                        + "'shape:a':['remove'],'shape:\\\"b\\\"':['remove']},"
                        + "'isReadonly':false,'objectAccess':'write'}");
    }

    @Test
    @DisplayName("[§4] connect without anything to tell; an absent connectRequestId stays absent")
    void emptyConnect() {
        assertEncoded(
                new ConnectResponse(
                        null,
                        ConnectResponse.HydrationType.WIPE_PRESENCE,
                        JsonObject.EMPTY,
                        1,
                        List.of(),
                        List.of(),
                        true,
                        ObjectAccess.READ),
                "{'type':'connect','hydrationType':'wipe_presence','protocolVersion':8,'schema':{},'serverClock':1,"
                        + "'diff':{},'isReadonly':true,'objectAccess':'read'}");
    }

    @Test
    @DisplayName("[§19] a record id with a lone surrogate is escaped")
    void oddId() throws JsonException {
        byte[] record = Json.encode(JsonObject.of("id", new JsonString("shape:\ud800")));
        byte[] encoded = new ConnectResponse(
                        null,
                        ConnectResponse.HydrationType.WIPE_ALL,
                        JsonObject.EMPTY,
                        1,
                        List.of(puts("shape:\ud800", record)),
                        List.of("shape:\udc00"),
                        false,
                        ObjectAccess.WRITE)
                .encode()
                .whole();

        JsonObject diff = (JsonObject) ((JsonObject) Json.parse(encoded)).get("diff");

        assertThat(diff).isNotNull();
        assertThat(diff.keys()).containsExactly("shape:\ud800", "shape:\udc00");
    }

    @Test
    @DisplayName("[§4] pong and custom")
    void pongAndCustom() {
        assertEncoded(new ServerMessage.Pong(), "{'type':'pong'}");
        assertEncoded(
                new ServerMessage.Custom(JsonObject.of("anything", JsonNumber.of(1))),
                "{'type':'custom','data':{'anything':1}}");
    }

    @ParameterizedTest
    @CsvSource({
        "CLIENT_TOO_OLD, clientTooOld",
        "SERVER_TOO_OLD, serverTooOld",
        "INVALID_RECORD, invalidRecord",
        "UNKNOWN_ERROR, invalidOperation",
        "NOT_FOUND, invalidOperation",
        "FORBIDDEN, invalidOperation",
        "NOT_AUTHENTICATED, invalidOperation",
        "RATE_LIMITED, invalidOperation",
        "ROOM_FULL, invalidOperation"
    })
    @DisplayName("[§7] what a client before protocol 7 is told")
    void incompatibility(RefusalReason reason, String legacy) {
        assertEncoded(
                new ServerMessage.IncompatibilityError(reason),
                "{'type':'incompatibility_error','reason':'" + legacy + "'}");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("[§7] a reason fits into a close frame")
    void closeReason(RefusalReason reason) {
        assertThat(reason.name().getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(123);
    }

    @Test
    @DisplayName("[§20] the constants of the protocol")
    void constants() {
        assertThat(Protocol.VERSION).isEqualTo(8);
        assertThat(Protocol.FATAL_CLOSE_CODE).isEqualTo(4099);
    }

    private static void assertEncoded(ServerMessage message, String expected) {
        try {
            assertThat(Json.parse(message.encode().whole())).isEqualTo(json(expected));
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private record Encoded(String id, byte[] json) implements EncodedRecord {}

    private static RecordPuts puts(String id, byte[] json) {
        return new RecordPuts(List.of(new Encoded(id, json)));
    }
}
