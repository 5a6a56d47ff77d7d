package dev.drawbridge.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§5] reading a network diff")
class RecordOpTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"put\",{\"id\":\"shape:a\"}]",
                "[\"patch\",{\"x\":[\"put\",1],\"s\":[\"append\",\"x\",3],\"d\":[\"delete\"],\"p\":[\"patch\",{}]}]",
                "[\"remove\"]"
            })
    @DisplayName("[§5] what is read is written again as it was")
    void roundTrip(String op) throws Exception {
        assertThat(RecordOp.read(Json.parse(op)).orElseThrow().toJson()).isEqualTo(Json.parse(op));
    }

    @Test
    @DisplayName("[§5] what trails behind a remove is ignored")
    void trailing() throws Exception {
        assertThat(RecordOp.read(Json.parse("[\"remove\",{\"junk\":1}]"))).contains(RecordOp.Remove.INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[1]",
                "[null]",
                "[\"frobnicate\",1]",
                "[\"PUT\",{}]",
                "[\"delete\"]",
                "5",
                "true",
                "\"put\"",
                "{}",
                "{\"0\":\"remove\"}"
            })
    @DisplayName("[§12.2] [§21.13] any other operation is ignored, and what is none")
    void ignored(String op) throws Exception {
        assertThat(RecordOp.read(Json.parse(op))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[\"put\"]",
                "[\"put\",null]",
                "[\"put\",\"x\"]",
                "[\"patch\"]",
                "[\"patch\",null]",
                "[\"patch\",{\"x\":null}]"
            })
    @DisplayName("[§12.2] a broken operation is an error")
    void broken(String op) throws Exception {
        var json = Json.parse(op);

        assertThatExceptionOfType(MalformedDiffException.class).isThrownBy(() -> RecordOp.read(json));
    }

    @Test
    @DisplayName("[§5] a network diff is a map from record ids to operations")
    void networkDiff() throws Exception {
        NetworkDiff diff = NetworkDiff.of(
                "shape:a", new RecordOp.Patch(ObjectDiff.EMPTY.with("x", new ValueOp.Put(new JsonString("y")))));

        assertThat(diff.toJson()).isEqualTo(Json.parse("{\"shape:a\":[\"patch\",{\"x\":[\"put\",\"y\"]}]}"));
        assertThat(NetworkDiff.EMPTY.toJson()).isEqualTo(JsonObject.EMPTY);
    }
}
