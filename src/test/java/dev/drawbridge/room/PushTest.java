package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.json.JsonText.object;
import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.protocol.ClientMessage;
import dev.drawbridge.protocol.RefusalReason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§12] a push")
class PushTest {
    /** Holds shape:1 since clock 2. */
    private final RoomFixture room = RoomFixture.with(Records.geo("1"));

    private final TestClient a = room.join("a");
    private final TestClient b = room.join("b");

    @Nested
    class Put {

        @Test
        @DisplayName("[§12.2] a new record is stored and told as a put: a commit")
        void created() {
            a.push(Diffs.put(Records.geo("2")));

            assertThat(a).gotCommit().atClock(3).gotNothing();
            assertThat(b).gotPatch(Diffs.put(Records.geo("2"))).atClock(3).gotNothing();
            assertThat(room).hasClock(3).holds(Records.geo("2")).lastChanged("shape:2", 3);
        }

        @Test
        @DisplayName("[§12.2] every kind of document record can be put")
        void anyType() {
            JsonObject diff = Diffs.put(
                    Records.page("p"),
                    Records.text("t"),
                    Records.draw("d"),
                    Records.arrow("w"),
                    Records.binding("b", "shape:w", "shape:t"),
                    Records.imageAsset("i"),
                    Records.user("u"),
                    Records.note("n"),
                    Records.frame("f"));

            a.push(diff);

            assertThat(a).gotCommit().atClock(3);
            assertThat(b).gotPatch(diff).gotNothing();
        }

        @Test
        @DisplayName("[§12.2] a record that is there already is replaced, and told as a patch: a rebase")
        void replaced() {
            a.push(Diffs.put(Records.withProp(Records.with(Records.geo("1"), "x", "9"), "w", "500")));

            JsonObject effect = Diffs.patch("shape:1", "{'x':['put',9],'props':['patch',{'w':['put',500]}]}");
            assertThat(a).gotRebase(effect).atClock(3);
            assertThat(b).gotPatch(effect).atClock(3).gotNothing();
        }

        @Test
        @DisplayName("[§12.2] an equal record, whatever its key order, has no effect: a discard")
        void equal() {
            JsonObject.Builder reversed = JsonObject.builder();
            JsonObject record = Records.geo("1");
            record.keys().stream().toList().reversed().forEach(key -> {
                JsonValue value = record.get(key);
                Assertions.assertThat(value).isNotNull();
                reversed.put(key, value);
            });

            a.push(Diffs.put(reversed.build()));

            assertThat(a).gotDiscard().atClock(2).gotNothing();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'id':'widget:1','typeName':'widget'}",
                    "{'id':'widget:1'}",
                    "{'id':'widget:1','typeName':5}",
                    "{'id':'widget:1','typeName':null}",
                    "{'id':'widget:1','typeName':'__proto__'}",
                    "{'id':'widget:1','typeName':'constructor'}",
                    "{}"
                })
        @DisplayName("[§12.2] a record of no known type is refused")
        void unknownType(String record) {
            a.push(JsonObject.of("widget:1", Diffs.putOp(object(record))));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD).gotNothing();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2);
        }

        @Test
        @DisplayName("[§12.2] a record of session or presence scope is refused")
        void otherScope() {
            a.push(Diffs.put(Records.camera()));
            b.push(Diffs.put(Records.presence("b")));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(b).wasRefused(RefusalReason.INVALID_RECORD);
        }

        @Test
        @DisplayName("[§12.2] a put that swaps the type of a record is skipped, and nothing else of its push")
        void typeSwap() {
            JsonObject swap = JsonObject.of("shape:1", Diffs.putOp(Records.with(Records.page("x"), "id", "'shape:1'")));

            a.push(swap);
            a.push(Diffs.all(swap, Diffs.put(Records.geo("2"))));

            assertThat(a).gotDiscard().gotRebase(Diffs.put(Records.geo("2")));
            assertThat(b).gotPatch(Diffs.put(Records.geo("2"))).gotNothing();
            assertThat(room).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§12.2] a put may change a shape into one of another kind")
        void shapeType() {
            a.push(Diffs.put(Records.text("1")));

            assertThat(a).isOpen();
            assertThat(room).holds(Records.text("1")).hasClock(3);
        }

        @Test
        @DisplayName("[§12.2] the key of an operation has to be the id of its record")
        void keyIsId() {
            a.push(JsonObject.of("shape:key", Diffs.putOp(Records.geo("other"))));
            b.push(JsonObject.of("shape:1", Diffs.putOp(Records.geo("other"))));

            assertThat(a).wasRefused(RefusalReason.UNKNOWN_ERROR);
            assertThat(b).wasRefused(RefusalReason.UNKNOWN_ERROR);
            assertThat(room).hasClock(2).holdsNo("shape:key", "shape:other").holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§12.2] [§12.3] a record without an id, or with one of another type, is invalid")
        void noId() {
            a.push(JsonObject.of("shape:2", Diffs.putOp(Records.geo("2").without("id"))));
            b.push(JsonObject.of("page:2", Diffs.putOp(Records.with(Records.geo("2"), "id", "'page:2'"))));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(b).wasRefused(RefusalReason.INVALID_RECORD);
        }
    }

    @Nested
    class Patch {

        @Test
        @DisplayName("[§12.4] an effect that equals the pushed diff is a commit")
        void effective() {
            JsonObject diff = Diffs.patch("shape:1", "{'props':['patch',{'color':['put','red']}],'x':['put',3]}");

            a.push(diff);

            assertThat(a).gotCommit().atClock(3).gotNothing();
            assertThat(b).gotPatch(diff).atClock(3).gotNothing();
            assertThat(room)
                    .holds(Records.withProp(Records.with(Records.geo("1"), "x", "3"), "color", "'red'"))
                    .lastChanged("shape:1", 3);
        }

        @Test
        @DisplayName("[§12.4] a patch of which a part has an effect is rebased to that part")
        void partly() {
            a.push(Diffs.patch("shape:1", "{'x':['put',0],'y':['put',4]}"));

            assertThat(a).gotRebase(Diffs.patch("shape:1", "{'y':['put',4]}"));
            assertThat(b).gotPatch(Diffs.patch("shape:1", "{'y':['put',4]}"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{}", "{'x':['put',0]}", "{'x':['put',0.0]}", "{'z':['delete']}", "{'x':['frobnicate']}"})
        @DisplayName("[§12.4] a patch without effect is a discard")
        void without(String diff) {
            a.push(Diffs.patch("shape:1", diff));

            assertThat(a).gotDiscard().atClock(2).gotNothing();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2);
        }

        @Test
        @DisplayName("[§12.2] a patch of a record that is not there is skipped")
        void missing() {
            a.push(Diffs.patch("shape:none", "{'x':['put',3]}"));
            a.push(Diffs.all(Diffs.patch("shape:1", "{'x':['put',8]}"), Diffs.patch("shape:none", "{'x':['put',3]}")));

            assertThat(a).gotDiscard().gotRebase(Diffs.patch("shape:1", "{'x':['put',8]}"));
            assertThat(room).holdsNo("shape:none");
        }

        @ParameterizedTest(name = "{0} is told as {1}")
        @MethodSource("dev.drawbridge.room.PushTest#unusualPatches")
        @DisplayName("[§6] [§12.4] what is not written as we would have written it is rebased")
        void notCanonical(String pushed, String effect) {
            a.push(Diffs.patch(
                    "shape:1", "{'meta':['put',{'s':'abc','list':[1,2,3],'o':{'x':1,'y':1}}],'x':['put',1]}"));
            assertThat(a)
                    .gotRebase(
                            Diffs.patch(
                                    "shape:1",
                                    "{'meta':['patch',{'s':['put','abc'],'list':['put',[1,2,3]],'o':['put',{'x':1,'y':1}]}],'x':['put',1]}"));
            b.forget();

            a.push(Diffs.patch("shape:1", "{'meta':['patch'," + pushed + "]}"));

            JsonObject told = Diffs.patch("shape:1", "{'meta':['patch'," + effect + "]}");
            assertThat(a).gotRebase(told).gotNothing();
            assertThat(b).gotPatch(told).gotNothing();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'s':['append','def',3]}",
                    "{'list':['append',[4],3]}",
                    "{'list':['patch',{'1':['put',9]}]}",
                    "{'o':['put',{'x':2,'y':1}]}",
                    "{'o':['delete']}",
                    "{'new':['put',null]}"
                })
        @DisplayName("[§6] [§12.4] the same written canonically is a commit")
        void canonical(String meta) {
            a.push(Diffs.patch("shape:1", "{'meta':['put',{'s':'abc','list':[1,2,3],'o':{'x':1,'y':1}}]}"));
            a.forget();

            a.push(Diffs.patch("shape:1", "{'meta':['patch'," + meta + "]}"));

            assertThat(a).gotCommit();
        }

        @Test
        @DisplayName("[§12.2] a patch that changes the id to another valid one is refused")
        void otherId() {
            a.push(Diffs.patch("shape:1", "{'id':['put','shape:zzz']}"));

            assertThat(a).wasRefused(RefusalReason.UNKNOWN_ERROR);
            assertThat(room).hasClock(2).holds(Records.geo("1")).holdsNo("shape:zzz");
        }

        @Test
        @DisplayName("[§12.3] a patch that changes the type of a record is invalid")
        void otherType() {
            a.push(Diffs.patch("shape:1", "{'typeName':['put','page']}"));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
        }
    }

    static Stream<Arguments> unusualPatches() {
        return Stream.of(
                Arguments.of("{'s':['put','abcdef']}", "{'s':['append','def',3]}"),
                Arguments.of("{'list':['patch',{'0':['put',8],'1':['put',9]}]}", "{'list':['put',[8,9,3]]}"),
                Arguments.of("{'list':['put',[1,2,3,4]]}", "{'list':['append',[4],3]}"),
                Arguments.of("{'list':['patch',{'3':['put',4]}]}", "{'list':['append',[4],3]}"),
                Arguments.of("{'o':['patch',{'x':['put',2]}]}", "{'o':['put',{'x':2,'y':1}]}"));
    }

    @Nested
    class Remove {

        @Test
        @DisplayName("[§12.2] a record is removed, a tombstone remembers it: a commit")
        void removed() {
            a.push(Diffs.remove("shape:1"));

            assertThat(a).gotCommit().atClock(3);
            assertThat(b).gotPatch(Diffs.remove("shape:1")).atClock(3);
            assertThat(room).holdsNo("shape:1").hasTombstones(Map.of("shape:1", 3L));
        }

        @Test
        @DisplayName("[§12.2] removing what is not there is a discard")
        void missing() {
            a.push(Diffs.remove("shape:none"));

            assertThat(a).gotDiscard().atClock(2);
            assertThat(b).gotNothing();
            assertThat(room).hasTombstones(Map.of());
        }

        @Test
        @DisplayName("[§5] [§12.4] what trails behind a remove is ignored: a commit")
        void trailing() {
            a.push(object("{'shape:1':['remove',{'junk':1}]}"));

            assertThat(a).gotCommit();
            assertThat(b).gotPatch(Diffs.remove("shape:1"));
        }

        @Test
        @DisplayName("[§1] records are independent: a page goes alone, and even the document's own record can go")
        void independent() {
            a.push(Diffs.remove(Records.PAGE_ID, Records.DOCUMENT_ID));

            assertThat(a).gotCommit();
            assertThat(room).holdsOnly("shape:1");
        }

        @Test
        @DisplayName("[§10] removing and creating again, push by push")
        void again() {
            a.push(Diffs.remove("shape:1")).push(Diffs.put(Records.geo("1"))).push(Diffs.remove("shape:1"));

            assertThat(a).gotCommit().gotCommit().gotCommit().atClock(5);
            assertThat(b)
                    .gotPatch(Diffs.remove("shape:1"))
                    .gotPatch(Diffs.put(Records.geo("1")))
                    .gotPatch(Diffs.remove("shape:1"));
            assertThat(room).hasTombstones(Map.of("shape:1", 5L));
        }
    }

    @Nested
    class OddOperations {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "['frobnicate',1]",
                    "[]",
                    "[5]",
                    "[null]",
                    "['delete']",
                    "5",
                    "{'0':'remove'}",
                    "['patch',5]",
                    "['patch',{'x':5}]",
                    "['patch',{'x':'put'}]"
                })
        @DisplayName("[§12.2] any other operation is ignored")
        void ignored(String op) {
            a.push(JsonObject.of("shape:1", json(op)));

            assertThat(a).gotDiscard().isOpen();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "null",
                    "['put']",
                    "['put',null]",
                    "['put','x']",
                    "['patch']",
                    "['patch',null]",
                    "['patch',{'x':null}]",
                    "['patch',{'props':['patch',null]}]"
                })
        @DisplayName("[§12.2] a broken operation is refused")
        void broken(String op) {
            a.push(JsonObject.of("shape:1", json(op)));

            assertThat(a).wasRefused(RefusalReason.UNKNOWN_ERROR).gotNothing();
            assertThat(room).hasClock(2).holds(Records.geo("1"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'__proto__':['put',{'x':1}]}",
                    "{'meta':['patch',{'__proto__':['put',{'x':1}]}]}",
                    "{'meta':['patch',{'__proto__':['patch',{'x':['put',1]}]}]}",
                    "{'meta':['patch',{'__proto__':null}]}",
                })
        @DisplayName("[§21.20] an operation under __proto__ comes to nothing")
        void proto(String diff) {
            a.push(Diffs.patch("shape:1", diff));

            assertThat(a).gotDiscard().isOpen();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§21.20] a put over a record stores no __proto__ that nobody would be told of")
        void protoInPut() {
            a.push(Diffs.put(Records.withMeta(Records.geo("1"), "{'__proto__':{'x':1}}")));
            assertThat(a).gotDiscard();

            a.push(Diffs.put(Records.withMeta(Records.geo("1"), "{'__proto__':{'x':1},'a':2}")));

            JsonObject told = Diffs.patch("shape:1", "{'meta':['patch',{'a':['put',2]}]}");
            assertThat(a).gotRebase(told);
            assertThat(b).gotPatch(told).gotNothing();
            assertThat(room).holds(Records.withMeta(Records.geo("1"), "{'a':2}"));
        }

        @Test
        @DisplayName("[§21.20] an object and an array in each other's place are told as a put")
        void otherKind() {
            a.push(Diffs.put(Records.withMeta(Records.geo("1"), "[1]")));

            JsonObject told = Diffs.patch("shape:1", "{'meta':['put',[1]]}");
            assertThat(a).gotRebase(told);
            assertThat(b).gotPatch(told);
        }

        @Test
        @DisplayName("[§21.20] a value operation that puts nothing deletes")
        void undefined() {
            a.push(Diffs.put(Records.withMeta(Records.geo("1"), "{'a':2}")))
                    .push(Diffs.patch("shape:1", "{'meta':['patch',{'a':['put']}]}"));

            JsonObject told = Diffs.patch("shape:1", "{'meta':['patch',{'a':['delete']}]}");
            assertThat(a)
                    .gotRebase(Diffs.patch("shape:1", "{'meta':['patch',{'a':['put',2]}]}"))
                    .gotRebase(told);
            assertThat(room).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§16] operations on a presence id find no record")
        void presenceId() {
            b.pushPresence(Diffs.putOp(Records.presence("b")));
            a.forget();

            a.push(Diffs.remove(TestClient.presenceId(2)));
            a.push(Diffs.patch(TestClient.presenceId(2), "{'userName':['put','mallory']}"));

            assertThat(a).gotDiscard().gotDiscard();
            assertThat(room.join("c"))
                    .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:1", TestClient.presenceId(2));
        }
    }

    @Nested
    class Verdict {

        @Test
        @DisplayName("[§12.4] neither effect nor diff: a commit")
        void empty() {
            a.push(null, null);

            assertThat(a).gotCommit().atClock(2);
            assertThat(b).gotNothing();
        }

        @Test
        @DisplayName("[§12.4] no effect of a diff that is there: a discard, be it empty or null")
        void discard() {
            a.push(JsonObject.EMPTY);
            a.push(JsonNull.NULL, null);

            assertThat(a).gotDiscard().gotDiscard().gotNothing();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2);
        }

        @Test
        @DisplayName("[§12.4] some operations with an effect, some without: a rebase to those with")
        void mixed() {
            a.push(Diffs.all(
                    Diffs.put(Records.geo("2")),
                    Diffs.patch("shape:1", "{'x':['put',8]}"),
                    Diffs.remove("shape:none"),
                    Diffs.patch("shape:none", "{'x':['put',1]}")));

            JsonObject effect = Diffs.all(Diffs.put(Records.geo("2")), Diffs.patch("shape:1", "{'x':['put',8]}"));
            assertThat(a).gotRebase(effect).atClock(3);
            assertThat(b).gotPatch(effect).gotNothing();
        }

        @Test
        @DisplayName("[§10] however many records change, the clock rises by one")
        void oneClock() {
            a.push(Diffs.all(
                    Diffs.put(Records.geo("2"), Records.geo("3"), Records.page("p")),
                    Diffs.patch("shape:1", "{'x':['put',8]}")));

            assertThat(a).gotCommit().atClock(3);
            assertThat(room).hasClock(3).lastChanged("shape:3", 3).lastChanged("shape:1", 3);
        }

        @ParameterizedTest
        @ValueSource(strings = {"'abc'", "null", "-3", "1.5", "9007199254740991", "{'a':1}", "[]", "true"})
        @DisplayName("[§12.4] clientClock is echoed as it came")
        void echo(String clock) {
            a.send(object("{'type':'push'}")
                    .with("clientClock", json(clock))
                    .with("diff", Diffs.put(Records.geo("2"))));

            Assertions.assertThat(a.next().get("clientClock")).isEqualTo(json(clock));
        }

        @Test
        @DisplayName("[§12.4] a missing clientClock stays missing")
        void noEcho() {
            a.send(object("{'type':'push'}"));

            Assertions.assertThat(a.next())
                    .isEqualTo(object("{'type':'push_result','serverClock':2,'action':'commit'}"));
        }

        @Test
        @DisplayName("[§12.6] one result for each push, in their order, before what others did later")
        void inOrder() {
            for (int i = 1; i <= 25; i++) {
                a.push(Diffs.patch("shape:1", "{'x':['put'," + i + "]}"));
            }
            b.push(Diffs.patch("shape:1", "{'y':['put',1]}"));

            for (int i = 1; i <= 25; i++) {
                assertThat(a).gotCommit().atClock(2 + i);
                assertThat(b)
                        .gotPatch(Diffs.patch("shape:1", "{'x':['put'," + i + "]}"))
                        .atClock(2 + i);
            }
            assertThat(a).gotPatch(Diffs.patch("shape:1", "{'y':['put',1]}")).gotNothing();
            assertThat(b).gotCommit().gotNothing();
        }

        @Test
        @DisplayName("[§12.5] the pusher is never sent its own patch, the others get one for each push with an effect")
        void others() {
            TestClient c = room.join("c");

            a.push(Diffs.put(Records.geo("2")), Diffs.putOp(Records.presence("a")));

            JsonObject told = Diffs.all(
                    Diffs.put(Records.geo("2")),
                    Diffs.put(Records.with(Records.presence("a"), "id", "'instance_presence:p1'")));
            assertThat(a).gotCommit().gotNothing();
            assertThat(b).gotPatch(told).atClock(3).gotNothing();
            assertThat(c).gotPatch(told).atClock(3).gotNothing();
        }

        @Test
        @DisplayName("[§14] the change to store comes first, then the result, then the patch")
        void effects() {
            var effects = room.room()
                    .receive(a, new ClientMessage.Push(json("1"), Diffs.put(Records.geo("2")), null), 0, room.now());

            Assertions.assertThat(effects)
                    .hasExactlyElementsOfTypes(Effect.Changed.class, Effect.Send.class, Effect.Broadcast.class);
        }

        @Test
        @DisplayName("[§11] two clients that change different properties both prevail")
        void merge() {
            a.push(Diffs.patch("shape:1", "{'x':['put',100]}"));
            b.push(Diffs.patch("shape:1", "{'y':['put',200]}"));

            assertThat(room).holds(Records.with(Records.with(Records.geo("1"), "x", "100"), "y", "200"));
        }

        @Test
        @DisplayName("[§14] of two that change the same property the later one prevails everywhere")
        void lastWins() {
            a.push(Diffs.patch("shape:1", "{'x':['put',100]}"));
            b.push(Diffs.patch("shape:1", "{'x':['put',200]}"));

            assertThat(room).holds(Records.with(Records.geo("1"), "x", "200"));
            assertThat(a).gotCommit().gotPatch(Diffs.patch("shape:1", "{'x':['put',200]}"));
        }
    }

    @Nested
    @DisplayName("[§12.3] validation")
    class Validation {

        static Stream<Arguments> invalid() {
            JsonObject geo = Records.geo("2");
            return Stream.of(
                    Arguments.of("missing property", Records.withoutProp(geo, "w")),
                    Arguments.of("unknown property", Records.withProp(geo, "bogus", "1")),
                    Arguments.of("unknown key", Records.with(geo, "bogus", "1")),
                    Arguments.of("missing key", geo.without("x")),
                    Arguments.of("wrong type", Records.withProp(geo, "w", "'100'")),
                    Arguments.of("null", Records.with(geo, "x", "null")),
                    Arguments.of("unknown word", Records.withProp(geo, "color", "'mauve'")),
                    Arguments.of("unknown shape", Records.with(geo, "type", "'hexaflexagon'")),
                    Arguments.of("out of range", Records.with(geo, "opacity", "1.5")),
                    Arguments.of("malformed index", Records.with(geo, "index", "'a10'")),
                    Arguments.of("unsafe link", Records.withProp(geo, "url", "'javascript:alert(1)'")),
                    Arguments.of("missing meta", geo.without("meta")),
                    Arguments.of("__proto__", Records.with(geo, "__proto__", "{}")));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("invalid")
        @DisplayName("[§12.3] an invalid new record is refused")
        void put(String what, JsonObject record) {
            a.push(Diffs.put(record));

            assertThat(a).as(what).wasRefused(RefusalReason.INVALID_RECORD).gotNothing();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2).holdsNo("shape:2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{'props':['patch',{'w':['put','x']}]}",
                    "{'props':['patch',{'w':['delete']}]}",
                    "{'props':['put',1]}",
                    "{'x':['delete']}",
                    "{'bogus':['put',1]}",
                    "{'type':['put','text']}",
                    "{'id':['put','page:1']}",
                    "{'parentId':['put','asset:x']}"
                })
        @DisplayName("[§12.3] a patch that makes a record invalid is refused")
        void patch(String diff) {
            a.push(Diffs.patch("shape:1", diff));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD).gotNothing();
            assertThat(room).hasClock(2).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§12.3] a put that makes a record invalid is refused")
        void replace() {
            a.push(Diffs.put(Records.withProp(Records.geo("1"), "w", "'x'")));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(room).holds(Records.geo("1"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "[1,2]", "5", "'x'", "{'a':{'b':[null]}}", "{'__proto__':1,'constructor':{}}"})
        @DisplayName("[§12.3] [§21.8] meta may be any JSON")
        void meta(String meta) {
            a.push(Diffs.put(Records.withMeta(Records.geo("2"), meta)));

            assertThat(a).gotCommit();
            assertThat(room).holds(Records.withMeta(Records.geo("2"), meta));
        }

        @Test
        @DisplayName("[§12.3] a record that is invalid already is left alone as long as it does not change")
        void unchanged() {
            JsonObject broken = Records.withProp(Records.geo("1"), "color", "'mauve'");
            RoomFixture old = RoomFixture.of(new RoomSnapshot(
                    List.of(new StoredRecord("shape:1", Json.encode(broken), 1)),
                    Map.of(),
                    1,
                    1,
                    Schemas.OURS.serialize()));
            TestClient c = old.join("c");

            c.push(Diffs.put(broken)).push(Diffs.patch("shape:1", "{'x':['put',0]}"));
            assertThat(c).gotDiscard().gotDiscard().isOpen();
        }

        @Test
        @DisplayName("[§19] a number that overflows is refused where numbers are validated")
        void overflow() {
            a.sendFrame("{\"type\":\"push\",\"diff\":{\"shape:1\":[\"patch\",{\"x\":[\"put\",1e400]}]}}");

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(room).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("[§21.7] a number that overflows is stored as null in meta, and told so")
        void overflowInMeta() {
            a.sendFrame("{\"type\":\"push\",\"clientClock\":1,"
                    + "\"diff\":{\"shape:1\":[\"patch\",{\"meta\":[\"patch\",{\"n\":[\"put\",-1e400]}]}]}}");

            JsonObject effect = Diffs.patch("shape:1", "{'meta':['patch',{'n':['put',null]}]}");
            Assertions.assertThat(a.next().get("action")).isEqualTo(JsonObject.of("rebaseWithDiff", effect));
            assertThat(b).gotPatch(effect);
            assertThat(room).holds(Records.withMeta(Records.geo("1"), "{'n':null}"));
        }

        @Test
        @DisplayName("[§19] strings are stored unit by unit, in values and in keys")
        void strings() {
            JsonObject odd =
                    Records.geo("2").with("meta", JsonObject.of("\ud800\u0000", new JsonString("\udc00\u2028e\u0301")));

            a.push(Diffs.put(odd));
            a.push(Diffs.patch("shape:2", "{'x':['put',1]}"));

            assertThat(a).gotCommit().gotCommit();
            assertThat(b).gotPatch(Diffs.put(odd));
            assertThat(room).holds(Records.with(odd, "x", "1"));
        }

        @Test
        @DisplayName("[§19] nesting too deep is refused, and no other session notices")
        void depth() {
            String deep = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);

            a.sendFrame("{\"type\":\"push\",\"diff\":{\"shape:1\":[\"patch\",{\"meta\":[\"put\"," + deep + "]}]}}");

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(b).gotNothing();
        }

        @Test
        @DisplayName("[§19] a record as deep as may be is stored, sent and changed like any other")
        void deepest() {
            int levels = Json.MAX_DEPTH - 10;
            String deep = "{'a':".repeat(levels) + "1" + "}".repeat(levels);

            a.push(Diffs.put(Records.withMeta(Records.geo("2"), deep)));
            a.push(Diffs.patch("shape:2", "{'x':['put',1]}"));

            assertThat(a).gotCommit().gotCommit();
            assertThat(room.join("c")).wasGiven(Records.with(Records.withMeta(Records.geo("2"), deep), "x", "1"));
        }
    }

    @Nested
    @DisplayName("[§12] all or nothing")
    class Atomic {

        static Stream<JsonObject> refused() {
            JsonObject good = Diffs.put(Records.geo("ok"));
            JsonObject bad = Diffs.put(Records.withProp(Records.geo("bad"), "w", "'x'"));
            JsonObject unknown = object("{'widget:1':['put',{'id':'widget:1','typeName':'widget'}]}");
            return Stream.of(
                    Diffs.all(good, bad),
                    Diffs.all(bad, good),
                    Diffs.all(Diffs.patch("shape:1", "{'x':['put',5]}"), unknown),
                    Diffs.all(Diffs.remove("shape:1"), good, Diffs.patch(Records.PAGE_ID, "{'name':['put',5]}")),
                    Diffs.all(good, Diffs.remove("shape:1"), object("{'shape:2':null}")),
                    Diffs.all(Diffs.remove("shape:1"), object("{'shape:key':['put'," + Records.geo("other") + "]}")));
        }

        @ParameterizedTest
        @MethodSource("refused")
        @DisplayName("[§12] a refusal rolls back documents, clock and presence")
        void rollback(JsonObject diff) {
            a.push(diff, Diffs.putOp(Records.presence("a")));

            Assertions.assertThat(a.closing().flatMap(Effect.Close::refusal)).isPresent();
            assertThat(a).gotNothing();
            assertThat(b).gotNothing();
            assertThat(room)
                    .hasClock(2)
                    .holdsOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:1")
                    .holds(Records.geo("1"), Records.page())
                    .hasTombstones(Map.of());
        }

        @Test
        @DisplayName("[§12] [§11] after a refused push a client at the old clock is up to date")
        void clockHasNotMoved() {
            a.push(Diffs.all(
                    Diffs.put(Records.geo("ok")), Diffs.put(Records.withProp(Records.geo("bad"), "w", "'x'"))));

            assertThat(room.client("c").lastServerClock(2).join())
                    .isHydrated("wipe_presence", 2)
                    .wasGivenOnly();
        }

        @Test
        @DisplayName("[§12] after a refused push the record can be changed as if nothing had been")
        void noTrace() {
            a.push(Diffs.all(Diffs.patch("shape:1", "{'meta':['patch',{'s':['put','abc']}]}"), object("{'x':null}")));

            b.push(Diffs.patch("shape:1", "{'meta':['patch',{'s':['append','d',3]}]}"));

            assertThat(b).gotDiscard();
        }

        @Test
        @DisplayName("[§12.1] [§16] invalid presence rolls back the document part too")
        void invalidPresence() {
            a.push(Diffs.put(Records.geo("ok")), Diffs.putOp(Records.with(Records.presence("a"), "userName", "5")));

            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2).holdsNo("shape:ok");
        }
    }

    @Nested
    @DisplayName("[§12.2] a reader")
    class Readonly {
        private final TestClient reader = room.client("reader").readonly().join();

        static Stream<JsonObject> anything() {
            return Stream.of(
                    Diffs.put(Records.geo("2")),
                    Diffs.put(Records.with(Records.geo("1"), "x", "5")),
                    Diffs.patch("shape:1", "{'x':['put',5]}"),
                    Diffs.remove("shape:1"),
                    JsonObject.EMPTY,
                    // junk, which is not even looked at
                    object("{'widget:1':['put',{'id':'widget:1','typeName':'widget'}]}"),
                    Diffs.put(Records.withProp(Records.geo("2"), "w", "'x'")),
                    Diffs.put(Records.camera()),
                    Diffs.patch("shape:1", "{'x':['put','bad']}"),
                    object("{'shape:1':['put',null]}"),
                    object("{'shape:1':['put']}"),
                    object("{'shape:1':['patch']}"),
                    object("{'shape:1':['patch',{'x':null}]}"));
        }

        @ParameterizedTest
        @MethodSource("anything")
        @DisplayName("[§12.2] [§12.4] whatever a reader pushes is discarded, before any check of it")
        void discarded(JsonObject diff) {
            reader.push(diff);

            assertThat(reader).gotDiscard().atClock(2).isOpen().gotNothing();
            assertThat(b).gotNothing();
            assertThat(room).hasClock(2).holds(Records.geo("1")).hasTombstones(Map.of());
        }

        @Test
        @DisplayName("[§12.1] a reader has a presence like everybody")
        void presence() {
            reader.pushPresence(Diffs.putOp(Records.presence("reader")));
            reader.push(Diffs.put(Records.geo("2")), Diffs.patchOp("{'chatMessage':['put','hi']}"));

            assertThat(reader).gotCommit().gotDiscard();
            assertThat(b)
                    .gotPatch(Diffs.put(Records.with(Records.presence("reader"), "id", "'instance_presence:p3'")))
                    .gotPatch(Diffs.patch(TestClient.presenceId(3), "{'chatMessage':['append','hi',0]}"))
                    .gotNothing();
            assertThat(room).holdsNo("shape:2");
        }

        @Test
        @DisplayName("[§12.4] a push of nothing is a commit for a reader too")
        void empty() {
            reader.push(null, null);

            assertThat(reader).gotCommit();
        }

        @Test
        @DisplayName("[§12.5] a reader sees what the others do")
        void sees() {
            a.push(Diffs.put(Records.geo("2")));

            assertThat(reader).gotPatch(Diffs.put(Records.geo("2")));
        }
    }
}
