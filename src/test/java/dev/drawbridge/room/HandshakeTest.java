package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.json.JsonText.object;
import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.ClientCompatibility;
import dev.drawbridge.schema.Migration;
import dev.drawbridge.schema.SerializedSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§8] the handshake")
class HandshakeTest {
    private final RoomFixture room = RoomFixture.create();
    private final JsonObject ours = Schemas.OURS.serialize().json();

    @Nested
    class ProtocolVersion {

        @ParameterizedTest
        @ValueSource(ints = {5, 6, 7, 8})
        @DisplayName("[§8.1] protocols 5 to 8 are served; the answer always says 8")
        void served(int version) {
            TestClient a = room.client("a").protocol(version).join();

            Assertions.assertThat(a.hydration().get("protocolVersion")).isEqualTo(json("8"));
            assertThat(a).isOpen().gotNothing();
        }

        @ParameterizedTest
        @ValueSource(strings = {"4", "0", "-1", "null", "7.5"})
        @DisplayName("[§8.1] a protocol that is none, or older")
        void tooOld(String version) {
            TestClient a = room.client("a").send(connect().with("protocolVersion", json(version)));

            assertThat(a).wasRefused(RefusalReason.CLIENT_TOO_OLD).gotNothing();
        }

        @Test
        @DisplayName("[§8.1] a missing protocol")
        void missing() {
            assertThat(room.client("a").send(connect().without("protocolVersion")))
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD);
        }

        @Test
        @DisplayName("[§8.1] a newer protocol")
        void tooNew() {
            assertThat(room.client("a").protocol(9).connect()).wasRefused(RefusalReason.SERVER_TOO_OLD);
        }

        @Test
        @DisplayName("[§8.1] the protocol is judged before the schema")
        void order() {
            assertThat(room.client("a")
                            .send(connect().with("protocolVersion", json("9")).without("schema")))
                    .wasRefused(RefusalReason.SERVER_TOO_OLD);
        }
    }

    @Nested
    class Schema {

        @Test
        @DisplayName("[§8.2] no schema")
        void none() {
            assertThat(room.client("a").send(connect().without("schema"))).wasRefused(RefusalReason.CLIENT_TOO_OLD);
            assertThat(room.client("b").send(connect().with("schema", json("null"))))
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "5",
                    "'x'",
                    "[]",
                    "true",
                    "{}",
                    "{'schemaVersion':2}",
                    "{'schemaVersion':2,'sequences':null}",
                    "{'schemaVersion':2,'sequences':[]}",
                    "{'schemaVersion':0,'sequences':{}}",
                    "{'schemaVersion':'two'}",
                    "{'schemaVersion':1}"
                })
        @DisplayName("[§8.2] a schema that makes no sense is refused for good, whatever the reason")
        void nonsense(String schema) {
            TestClient a = room.client("a").send(connect().with("schema", json(schema)));

            Assertions.assertThat(a.closing().flatMap(Effect.Close::refusal)).isPresent();
        }

        @Test
        @DisplayName("[§8.3] a sequence ahead of ours, or of a newer form: the server is too old")
        void newer() {
            assertThat(room.client("a")
                            .schema(Schemas.oursWith("com.tldraw.shape.geo", 99))
                            .connect())
                    .wasRefused(RefusalReason.SERVER_TOO_OLD);
            assertThat(room.client("b").send(connect().with("schema", ours.with("schemaVersion", json("3")))))
                    .wasRefused(RefusalReason.SERVER_TOO_OLD);
        }

        @ParameterizedTest
        @ValueSource(ints = {-1, -99})
        @DisplayName("[§8.3] a version that we never had")
        void impossible(int version) {
            assertThat(room.client("a")
                            .schema(Schemas.oursWith("com.tldraw.shape.geo", version))
                            .connect())
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD);
        }

        @Test
        @DisplayName("[§8.4] a migration without a way down: the client is too old")
        void noWayDown() {
            assertThat(room.client("a")
                            .schema(Schemas.oursWith("com.tldraw.shape.text", 2))
                            .connect())
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD);
            assertThat(room.client("b")
                            .schema(Schemas.oursWith("com.tldraw.store", 1))
                            .connect())
                    .wasRefused(RefusalReason.CLIENT_TOO_OLD);
        }

        @Test
        @DisplayName("[§8] unknown sequences are accepted as long as every known one matches")
        void unknownSequences() {
            assertThat(room.client("a")
                            .schema(Schemas.oursWith("com.example.shape.star", 7))
                            .join())
                    .isOpen();
        }

        @Test
        @DisplayName(
                "[issue 10.6] what a schema says of unknown sequences costs nothing: its clients are served as one kind")
        void junk() {
            TestClient editor = room.join("editor");
            editor.push(Diffs.put(Records.geo("1")));
            for (int i = 0; i < 100; i++) {
                JsonObject junk = Schemas.V5_2_4.json();
                JsonObject sequences = (JsonObject) Objects.requireNonNull(junk.get("sequences"));
                room.client("old" + i)
                        .schema(new SerializedSchema(junk.with(
                                "sequences",
                                sequences.toBuilder().put("com.example." + i, i).build())))
                        .join();
            }
            long before = room.room().recordsMigrated();

            editor.push(Diffs.patch("shape:1", "{'x':['put',5]}"));

            Assertions.assertThat(room.room().recordsMigrated() - before).isLessThanOrEqualTo(2);
        }

        @Test
        @DisplayName(
                "[issue 10.6] each change is translated for so many kinds of older clients and no more: who is one too many is refused")
        void tooMany() {
            List<TestClient> refused = new ArrayList<>();
            int served = 0;
            for (Migration migration : Schemas.OURS.migrations()) {
                int slash = migration.id().indexOf('/');
                SerializedSchema older = Schemas.oursWith(
                        migration.id().substring(0, slash),
                        Integer.parseInt(migration.id().substring(slash + 1)) - 1);
                if (Schemas.OURS.compatibilityWith(older) instanceof ClientCompatibility.Compatible) {
                    TestClient client =
                            room.client(migration.id()).schema(older).connect();
                    if (client.hasNext()) {
                        served++;
                    } else {
                        refused.add(client);
                    }
                }
            }

            Assertions.assertThat(served).isEqualTo(Dialects.MOST_SPOKEN);
            Assertions.assertThat(refused).isNotEmpty();
            assertThat(refused.getFirst()).wasRefused(RefusalReason.CLIENT_TOO_OLD);
        }

        @Test
        @DisplayName("[§8] the answer carries our schema, also for clients that speak another")
        void answer() {
            Assertions.assertThat(room.join("a").hydration().get("schema")).isEqualTo(ours);
            Assertions.assertThat(room.client("b")
                            .schema(Schemas.V5_0_1)
                            .join()
                            .hydration()
                            .get("schema"))
                    .isEqualTo(ours);
        }
    }

    @Nested
    class Answer {

        @Test
        @DisplayName("[§4] a connect answer has the form of the protocol")
        void form() {
            Assertions.assertThat(room.join("a").hydration())
                    .isEqualTo(JsonObject.builder()
                            .put("type", "connect")
                            .put("connectRequestId", "request of a")
                            .put("hydrationType", "wipe_all")
                            .put("protocolVersion", 8)
                            .put("schema", ours)
                            .put("serverClock", 1)
                            .put("diff", Diffs.put(Records.document(), Records.page()))
                            .put("isReadonly", false)
                            .put("objectAccess", "write")
                            .build());
        }

        @ParameterizedTest
        @ValueSource(strings = {"'V1StGXR8'", "5", "null", "{'a':[1]}", "''"})
        @DisplayName("[§4] connectRequestId is echoed as it came")
        void echo(String id) {
            TestClient a = room.client("a").send(connect().with("connectRequestId", json(id)));

            Assertions.assertThat(a.next().get("connectRequestId")).isEqualTo(json(id));
        }

        @Test
        @DisplayName("[§4] an absent connectRequestId stays absent")
        void noEcho() {
            TestClient a = room.client("a").send(connect().without("connectRequestId"));

            Assertions.assertThat(a.next().has("connectRequestId")).isFalse();
        }

        @Test
        @DisplayName("[§15] a reader is told that it is one")
        void readonly() {
            Assertions.assertThat(room.client("a").readonly().join().hydration().get("isReadonly"))
                    .isEqualTo(json("true"));
        }
    }

    @Nested
    class Before {

        @Test
        @DisplayName("[§8] before a connect, pushes and pings are ignored without an answer")
        void ignored() {
            TestClient a = room.client("a").open();

            a.push(Diffs.put(Records.geo("a"))).ping();

            assertThat(a).gotNothing().isOpen();
            assertThat(room).hasClock(1).holdsNo("shape:a");
        }

        @Test
        @DisplayName("[§8] before a connect, even nonsense in a push is ignored")
        void nonsense() {
            TestClient a = room.client("a").open();

            a.send(object("{'type':'push','diff':{'x':null},'presence':5}"));

            assertThat(a).gotNothing().isOpen();
        }

        @Test
        @DisplayName("[§8] before a connect, nothing is delivered")
        void noBroadcast() {
            TestClient a = room.client("a").open();
            TestClient b = room.join("b");

            b.push(Diffs.put(Records.geo("a")), Diffs.putOp(Records.presence("b")));
            room.perform(room.room().sendCustom(json("1")));

            assertThat(a).gotNothing();
        }
    }

    @Nested
    class Again {

        @Test
        @DisplayName("[§8] a second connect is answered like the first")
        void processed() {
            TestClient a = room.join("a");
            room.join("b").push(Diffs.put(Records.geo("a")));
            assertThat(a).gotPatch(Diffs.put(Records.geo("a"))).atClock(2);

            a.lastServerClock(1).join();

            assertThat(a).isHydrated("wipe_presence", 2).wasGivenOnly("shape:a").gotNothing();
        }

        @Test
        @DisplayName("[§8] a second connect replaces the settings of the session")
        void newSettings() {
            TestClient a = room.client("a").protocol(8).join();
            TestClient b = room.join("b");
            b.push(Diffs.put(Records.frame("f")));
            a.forget();

            a.protocol(7).join();
            b.push(Diffs.patch("shape:f", "{'props':['patch',{'name':['append','!',5]}]}"));

            assertThat(a).gotPatch(Diffs.patch("shape:f", "{'props':['patch',{'name':['put','Frame!']}]}"));
        }

        @Test
        @DisplayName("[§8] a second connect that is refused ends the session")
        void refused() {
            TestClient a = room.join("a");

            a.protocol(9).connect();

            assertThat(a).wasRefused(RefusalReason.SERVER_TOO_OLD);
            assertThat(room).hasSessions();
        }
    }

    @Nested
    @DisplayName("[§7] refusals")
    class Refusals {

        @ParameterizedTest
        @CsvSource({"7", "8"})
        @DisplayName("[§7] a modern session is closed with 4099 and the reason")
        void modern(int protocol) {
            TestClient a = room.client("a").protocol(protocol).join();

            a.push(object("{'shape:a':['put',{'id':'shape:a','typeName':'nothing'}]}"));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD).gotNothing();
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 6})
        @DisplayName("[§7] a legacy session gets a message first, then a close without code")
        void legacy(int protocol) {
            TestClient a = room.client("a").protocol(protocol).join();

            a.push(object("{'shape:a':['put',{'id':'shape:a','typeName':'nothing'}]}"));

            assertThat(a).gotIncompatibilityError("invalidRecord").gotNothing().wasClosedToComeBack();
            assertThat(room).hasSessions();
        }

        @ParameterizedTest
        @ValueSource(ints = {5, 6})
        @DisplayName("[§8.1] a legacy client is told in its own way also that its schema is refused")
        void legacySchema(int protocol) {
            TestClient tooNew = room.client("a")
                    .protocol(protocol)
                    .schema(Schemas.oursWith("com.tldraw.page", 99))
                    .connect();
            TestClient tooOld = room.client("b")
                    .protocol(protocol)
                    .schema(Schemas.oursWith("com.tldraw.shape.text", 2))
                    .connect();

            assertThat(tooNew).gotIncompatibilityError("serverTooOld").wasClosedToComeBack();
            assertThat(tooOld).gotIncompatibilityError("clientTooOld").wasClosedToComeBack();
        }

        @Test
        @DisplayName("[§7] whoever has not passed the handshake is refused as a modern session")
        void beforeHandshake() {
            assertThat(room.client("a").sendFrame("{not json")).wasRefused(RefusalReason.UNKNOWN_ERROR);
        }

        @Test
        @DisplayName("[§7] a refusal removes the session at once, its presence disappears, all others are told")
        void atOnce() {
            TestClient a = room.join("a");
            TestClient b = room.join("b");
            a.pushPresence(Diffs.putOp(Records.presence("a")));
            b.forget();

            a.sendFrame("{\"type\":\"frobnicate\"}");

            assertThat(a).gotCommit().wasRefused(RefusalReason.UNKNOWN_ERROR);
            assertThat(b).gotPatch(Diffs.remove(TestClient.presenceId(1))).gotNothing();
            assertThat(room).hasSessions("b").hasRemovedSessions("a");
        }

        @Test
        @DisplayName("[§7] a later socket with the id of a refused session gets a new presence id")
        void newPresenceId() {
            TestClient b = room.join("b");
            room.join("a").sendFrame("{}");

            room.join("a").pushPresence(Diffs.putOp(Records.presence("a")));

            JsonObject diff = (JsonObject) b.next().get("diff");
            Assertions.assertThat(diff).isNotNull();
            Assertions.assertThat(diff.keys()).containsExactly(TestClient.presenceId(3));
        }

        @Test
        @DisplayName("[§2] what was sent before a refused message is applied, what comes behind it is not")
        void pipelined() {
            TestClient a = room.join("a");

            a.push(Diffs.put(Records.geo("before"))).sendFrame("{}").push(Diffs.put(Records.geo("behind")));

            assertThat(room).hasClock(2).holds(Records.geo("before")).holdsNo("shape:behind");
            assertThat(a).gotCommit().gotNothing();
        }

        @Test
        @DisplayName(
                "[§2] broken framing closes the socket so that the client comes back; what is behind it is ignored")
        void brokenFraming() {
            TestClient a = room.join("a");

            a.push(Diffs.put(Records.geo("before")))
                    .sendFrame("nonsense")
                    .push(Diffs.put(Records.geo("behind")))
                    .sendFrame("{}");

            assertThat(room)
                    .hasClock(2)
                    .holdsNo("shape:behind")
                    .hasSessions("a")
                    .hasRemovedSessions();
            assertThat(a).wasClosedToComeBack();
        }

        @Test
        @DisplayName("[§7] the host can refuse a session, for good or not")
        void byTheHost() {
            TestClient a = room.join("a");
            TestClient b = room.join("b");

            room.perform(room.room().closeSession("a", RefusalReason.FORBIDDEN));
            room.perform(room.room().closeSession("b", null));
            room.perform(room.room().closeSession("nobody", RefusalReason.FORBIDDEN));

            assertThat(a).wasRefused(RefusalReason.FORBIDDEN);
            assertThat(b).wasClosedToComeBack();
            assertThat(room).hasSessions().hasRemovedSessions("a", "b").hasBecomeEmpty(1);
        }
    }

    private JsonObject connect() {
        return object("{'type':'connect','lastServerClock':-1,'protocolVersion':8}")
                .with("connectRequestId", new JsonString("1"))
                .with("schema", ours);
    }
}
