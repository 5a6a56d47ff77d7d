package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.id;
import static dev.drawbridge.schema.Validators.literal;
import static dev.drawbridge.schema.Validators.object;
import static dev.drawbridge.schema.Validators.string;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("The object lane")
class ObjectLaneTest {
    private static final StoreSchema SCHEMA = TldrawSchema.builder()
            .recordType(RecordType.of(
                    "remark",
                    RecordScope.DOCUMENT,
                    object(
                            field("id", id("remark")),
                            field("typeName", literal("remark")),
                            field("text", string()),
                            field("by", string()))))
            .build()
            .withObjectTypes(List.of("remark"));

    private static final Rights EDITOR_WITHOUT_OBJECTS = new Rights(false, ObjectAccess.READ);

    private final RoomFixture room = RoomFixture.with(SCHEMA, Records.geo("1"), remark("r", "old"));
    private final TestClient watcher = join("watcher", Rights.EDITOR);

    private static JsonObject remark(String name, String text) {
        return JsonObject.builder()
                .put("id", "remark:" + name)
                .put("typeName", "remark")
                .put("text", text)
                .put("by", "")
                .build();
    }

    private TestClient join(String name, Rights rights) {
        return join(room, name, rights);
    }

    private static TestClient join(RoomFixture room, String name, Rights rights) {
        return room.client(name)
                .visitor(new Visitor(name, rights, "user-" + name, null, Long.MAX_VALUE))
                .schema(SCHEMA.serialize())
                .join();
    }

    @Nested
    @DisplayName("says in the answer to a connect what one may do with objects")
    class Answer {

        @Test
        @DisplayName("[§4] as the rights are")
        void rights() {
            Assertions.assertThat(accessOf(join("a", Rights.EDITOR))).isEqualTo("write");
            Assertions.assertThat(accessOf(join("b", Rights.COMMENTER))).isEqualTo("write");
            Assertions.assertThat(accessOf(join("c", Rights.VIEWER))).isEqualTo("read");
            Assertions.assertThat(accessOf(join("d", EDITOR_WITHOUT_OBJECTS))).isEqualTo("read");
        }

        @Test
        @DisplayName("[§4] as the reference does where there are none: everybody may write them")
        void none() {
            RoomFixture plain = RoomFixture.create();
            Assertions.assertThat(accessOf(plain.client("a").readonly().join())).isEqualTo("write");
        }

        private static String accessOf(TestClient client) {
            return String.valueOf(client.hydration().string("objectAccess"));
        }
    }

    @Nested
    @DisplayName("[§12.2] has each operation judged by its lane:")
    class Gate {
        private final JsonObject both =
                Diffs.all(Diffs.patch("shape:1", "{'x':['put',5]}"), Diffs.put(remark("n", "new")));

        @Test
        @DisplayName("who may comment changes objects, and nothing of the document")
        void commenter() {
            TestClient commenter = join("commenter", Rights.COMMENTER);
            commenter.push(both);

            assertThat(commenter).gotRebase(Diffs.put(remark("n", "new")));
            assertThat(watcher).gotPatch(Diffs.put(remark("n", "new"))).gotNothing();
            assertThat(room).holds(Records.geo("1")).holds(remark("n", "new"));
        }

        @Test
        @DisplayName("who may edit without objects changes the document, and no objects")
        void editorWithoutObjects() {
            TestClient editor = join("editor", EDITOR_WITHOUT_OBJECTS);
            editor.push(both);
            editor.push(Diffs.patch("remark:r", "{'text':['put','mine']}"));
            editor.push(Diffs.remove("remark:r"));

            assertThat(editor)
                    .gotRebase(Diffs.patch("shape:1", "{'x':['put',5]}"))
                    .gotDiscard()
                    .gotDiscard();
            assertThat(room).holds(remark("r", "old")).holdsNo("remark:n");
        }

        @Test
        @DisplayName("who may edit changes both")
        void editor() {
            TestClient editor = join("editor", Rights.EDITOR);
            editor.push(both);
            editor.push(Diffs.remove("remark:r"));

            assertThat(editor).gotCommit().gotCommit();
            assertThat(room).holdsNo("remark:r");
        }

        @Test
        @DisplayName("who may look on changes neither")
        void viewer() {
            TestClient viewer = join("viewer", Rights.VIEWER);
            viewer.push(both);
            viewer.push(Diffs.remove("remark:r"));

            assertThat(viewer).gotDiscard().gotDiscard();
            assertThat(watcher).gotNothing();
        }

        @Test
        @DisplayName("patches and removals are judged by what is there")
        void commenterPatches() {
            TestClient commenter = join("commenter", Rights.COMMENTER);
            commenter.push(Diffs.all(
                    Diffs.patch("remark:r", "{'text':['put','mine']}"),
                    Diffs.remove("shape:1"),
                    Diffs.patch("page:page", "{'name':['put','mine']}")));
            commenter.push(Diffs.remove("remark:r"));

            assertThat(commenter)
                    .gotRebase(Diffs.patch("remark:r", "{'text':['put','mine']}"))
                    .gotCommit();
            assertThat(room).holds(Records.geo("1")).holdsNo("remark:r");
        }

        @Test
        @DisplayName("a record that is put over one of the other lane is passed over, whichever way")
        void relabelled() {
            TestClient commenter = join("commenter", Rights.COMMENTER);
            commenter.push(Diffs.put(Records.with(remark("n", ""), "id", "'shape:1'")));
            TestClient editor = join("editor", EDITOR_WITHOUT_OBJECTS);
            editor.push(Diffs.put(Records.with(Records.geo("1"), "id", "'remark:r'")));

            assertThat(commenter).gotDiscard().isOpen();
            assertThat(editor).gotDiscard().isOpen();
            assertThat(room).holds(Records.geo("1")).holds(remark("r", "old"));
        }

        @Test
        @DisplayName("what may not be written is passed over whatever is wrong with it, and what may be is checked")
        void invalid() {
            TestClient commenter = join("commenter", Rights.COMMENTER);
            commenter.push(Diffs.put(Records.with(Records.geo("2"), "x", "'far'")));
            assertThat(commenter).gotDiscard().isOpen();

            commenter.push(Diffs.put(Records.with(remark("n", ""), "text", "5")));
            assertThat(commenter).wasRefused(RefusalReason.INVALID_RECORD);
        }

        @Test
        @DisplayName("rights that an operator changes count at once")
        void changed() {
            TestClient editor = join("editor", Rights.EDITOR);
            room.room().changeRights("editor", Rights.COMMENTER);
            editor.push(both);

            assertThat(editor).gotRebase(Diffs.put(remark("n", "new")));
        }

        @Test
        @DisplayName("who would edit, but as many as may do so are doing it, comments meanwhile")
        void tooManyEditors() {
            int many = 1_000;
            RoomFixture small = RoomFixture.of(
                    RoomSnapshot.initial(TldrawSchema.initialRecords(), SCHEMA.serialize(), 1),
                    SCHEMA,
                    RoomSettings.DEFAULT.with(new Limits(
                            Limits.NONE.message(),
                            Limits.NONE.session(),
                            new Limits.OfRoom(many, 1, many, many, many),
                            Limits.NONE.node())));
            join(small, "first", Rights.EDITOR);
            TestClient second = join(small, "second", Rights.EDITOR);
            second.push(Diffs.all(Diffs.put(Records.geo("1")), Diffs.put(remark("n", "new"))));

            assertThat(second).gotRebase(Diffs.put(remark("n", "new")));
        }
    }

    @Nested
    @DisplayName("is not part of the document")
    class Snapshots {
        private final ObjectLane lane = new ObjectLane(SCHEMA.objectTypes());

        @Test
        @DisplayName("of which an earlier state is put back: objects stay as they are")
        void restored() throws Exception {
            RoomSnapshot before = room.snapshot();
            TestClient editor = join("editor", Rights.EDITOR);
            editor.push(Diffs.all(
                    Diffs.patch("shape:1", "{'x':['put',5]}"),
                    Diffs.patch("remark:r", "{'text':['put','later']}"),
                    Diffs.put(remark("n", "new"))));
            editor.forget();
            watcher.forget();

            room.perform(room.room().load(before, false));

            assertThat(watcher)
                    .gotPatch(Diffs.patch("shape:1", "{'x':['put',0]}"))
                    .gotNothing();
            assertThat(room).holds(Records.geo("1")).holds(remark("r", "later")).holds(remark("n", "new"));
        }

        @Test
        @DisplayName("unless that is wanted")
        void restoredWithObjects() throws Exception {
            RoomSnapshot before = room.snapshot();
            join("editor", Rights.EDITOR)
                    .push(Diffs.all(
                            Diffs.patch("remark:r", "{'text':['put','later']}"), Diffs.put(remark("n", "new"))));

            room.perform(room.room().load(before, true));

            assertThat(room).holds(remark("r", "old")).holdsNo("remark:n");
        }

        @Test
        @DisplayName("and has a part of its own in a snapshot, which is read again")
        void written() throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SnapshotFormat.write(room.snapshot(), lane, out);

            String text = out.toString(UTF_8);
            Assertions.assertThat(text.substring(text.indexOf("\"objects\"")))
                    .contains("remark:r")
                    .doesNotContain("shape:1");
            Assertions.assertThat(text.substring(0, text.indexOf("\"objects\"")))
                    .contains("shape:1")
                    .doesNotContain("remark:r");
            RoomSnapshot read = SnapshotFormat.read(out.toByteArray());
            Assertions.assertThat(read.documents())
                    .extracting(StoredRecord::id)
                    .containsExactlyInAnyOrder("document:document", "page:page", "shape:1", "remark:r");
        }

        @Test
        @DisplayName("and is in no file that tldraw opens")
        void file() throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            TldrFormat.write(room.snapshot(), lane, TldrFormat.Content.AS_IT_IS, out);

            Assertions.assertThat(out.toString(UTF_8)).contains("shape:1").doesNotContain("remark:r");
        }

        @Test
        @DisplayName("even when something of the document looks like it")
        void lookalike() {
            JsonObject shape = Records.with(Records.geo("2"), "meta", "{'typeName':'remark'}");
            Assertions.assertThat(lane.has(
                            new StoredRecord("shape:2", shape.toString().getBytes(UTF_8), 1)))
                    .isFalse();
            Assertions.assertThat(lane.has(
                            new StoredRecord("x", remark("x", "y").toString().getBytes(UTF_8), 1)))
                    .isTrue();
        }
    }

    @Nested
    @DisplayName("asks who decides about single records")
    class Authorizers {
        private final List<String> asked = new ArrayList<>();
        private RecordAuthorizer decides = new ByTheirOwner();

        private RoomFixture room() {
            RoomFixture own = RoomFixture.of(
                    RoomSnapshot.initial(
                            List.of(
                                    TldrawSchema.initialRecords().get(0),
                                    TldrawSchema.initialRecords().get(1),
                                    Records.geo("1"),
                                    Records.with(remark("r", "old"), "by", "'user-a'")),
                            SCHEMA.serialize(),
                            1),
                    SCHEMA,
                    RoomSettings.DEFAULT.with(RecordAuthorizers.of(List.of(decides))));
            return own;
        }

        private final class ByTheirOwner implements RecordAuthorizer {
            @Override
            public Set<String> typeNames() {
                return Set.of("remark");
            }

            @Override
            public Optional<JsonObject> create(Author author, JsonObject record) {
                asked.add("create " + record.string("id"));
                return author.userId().map(user -> record.with("by", new JsonString(user)));
            }

            @Override
            public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
                asked.add("update " + before.string("text") + " to " + after.string("text"));
                return Optional.ofNullable(before.string("by")).equals(author.userId());
            }

            @Override
            public boolean mayDelete(Author author, JsonObject record) {
                asked.add("delete " + record.string("id"));
                return Optional.ofNullable(record.string("by")).equals(author.userId());
            }
        }

        @Test
        @DisplayName("who says what a new record is to be")
        void stamped() {
            RoomFixture room = room();
            TestClient b = join(room, "b", Rights.COMMENTER);
            b.push(Diffs.put(Records.with(remark("n", "new"), "by", "'somebody else'")));

            JsonObject stamped = Records.with(remark("n", "new"), "by", "'user-b'");
            assertThat(b).gotRebase(Diffs.put(stamped));
            assertThat(room).holds(stamped);
        }

        @Test
        @DisplayName("and whether a record may be changed, by patch or put, or deleted")
        void judged() {
            RoomFixture room = room();
            TestClient b = join(room, "b", Rights.EDITOR);
            b.push(Diffs.patch("remark:r", "{'text':['put','mine']}"));
            b.push(Diffs.put(Records.with(remark("r", "mine"), "by", "'user-b'")));
            b.push(Diffs.remove("remark:r"));
            b.push(Diffs.patch("shape:1", "{'x':['put',5]}"));

            assertThat(b).gotDiscard().gotDiscard().gotDiscard().gotCommit();
            Assertions.assertThat(asked).containsExactly("update old to mine", "update old to mine", "delete remark:r");

            TestClient a = join(room, "a", Rights.COMMENTER);
            a.push(Diffs.patch("remark:r", "{'text':['put','mine']}"));
            a.push(Diffs.remove("remark:r"));
            assertThat(a).gotCommit().gotCommit();
        }

        @Test
        @DisplayName("but not where nothing changes, and not where rights forbid it anyway")
        void notAsked() {
            RoomFixture room = room();
            join(room, "a", Rights.EDITOR).push(Diffs.patch("remark:r", "{'text':['put','old']}"));
            join(room, "v", Rights.VIEWER).push(Diffs.put(remark("n", "new")));

            Assertions.assertThat(asked).isEmpty();
        }

        @Test
        @DisplayName("and takes one that fails for a no")
        void failing() {
            decides = new RecordAuthorizer() {
                @Override
                public Set<String> typeNames() {
                    return Set.of("remark");
                }

                @Override
                public Optional<JsonObject> create(Author author, JsonObject record) {
                    throw new IllegalStateException("a bug");
                }

                @Override
                public boolean mayUpdate(Author author, JsonObject before, JsonObject after) {
                    throw new IllegalStateException("a bug");
                }

                @Override
                public boolean mayDelete(Author author, JsonObject record) {
                    throw new IllegalStateException("a bug");
                }
            };
            RoomFixture room = room();
            TestClient a = join(room, "a", Rights.EDITOR);
            a.push(Diffs.all(
                    Diffs.put(remark("n", "new")),
                    Diffs.patch("remark:r", "{'text':['put','mine']}"),
                    Diffs.patch("shape:1", "{'x':['put',5]}")));
            a.push(Diffs.remove("remark:r"));

            assertThat(a)
                    .gotRebase(Diffs.patch("shape:1", "{'x':['put',5]}"))
                    .gotDiscard()
                    .isOpen();
        }

        @Test
        @DisplayName("of whom there may be one for each type")
        void two() {
            Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecordAuthorizers.of(List.of(new ByTheirOwner(), new ByTheirOwner())))
                    .withMessageContaining("remark");
            Assertions.assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecordAuthorizers.of(List.of(new ByTheirOwner()))
                            .withDecidedElsewhere(Set.of("page", "remark")))
                    .withMessageContaining("remark");
        }
    }

    @Test
    @DisplayName("has record types of the document's scope only")
    void types() {
        Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> SCHEMA.withObjectTypes(List.of("instance_presence")));
        Assertions.assertThatIllegalArgumentException().isThrownBy(() -> SCHEMA.withObjectTypes(List.of("nothing")));
    }
}
