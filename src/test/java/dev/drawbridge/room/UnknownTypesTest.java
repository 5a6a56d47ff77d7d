package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonText;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("On a server that takes unknown types unseen")
class UnknownTypesTest {
    private static final String CARD_SEQUENCE = "com.tldraw.shape.card";

    private final List<String> taken = new ArrayList<>();
    private final StoreSchema schema = TldrawSchema.builder()
            .acceptUnknownTypes((typeName, type) -> taken.add(typeName + " " + type))
            .build();
    private RoomFixture room =
            RoomFixture.of(RoomSnapshot.initial(TldrawSchema.initialRecords(), schema.serialize(), 1), schema);

    private static JsonObject card(String name) {
        return Records.with(
                Records.with(Records.geo(name), "type", "'card'"), "props", "{'title':'A','tags':[1,{'deep':null}]}");
    }

    private TestClient join(String session, SerializedSchema schema) {
        return room.client(session).schema(schema).join();
    }

    @Nested
    @DisplayName("a record")
    class OfAType {

        @Test
        @DisplayName("of a type of its own is stored and told to others, whatever its props and meta are")
        void kept() {
            SerializedSchema theirs = Schemas.oursWith(CARD_SEQUENCE, 1)
                    .with(JsonObject.builder()
                            .put("com.tldraw.binding.wire", 0)
                            .put("com.tldraw.asset.model", 0)
                            .build());
            TestClient a = join("a", theirs);
            TestClient b = join("b", theirs);
            JsonObject binding = Records.with(Records.binding("1", "shape:1", "shape:2"), "type", "'wire'");
            JsonObject asset = Records.with(Records.imageAsset("1"), "type", "'model'");
            a.push(Diffs.put(card("1"), Records.withMeta(card("2"), "7"), binding, asset));
            assertThat(a).gotCommit();
            assertThat(b).gotPatch(Diffs.put(card("1"), Records.withMeta(card("2"), "7"), binding, asset));
            UnknownTypesTest.this.taken().containsExactly("shape card", "shape card", "binding wire", "asset model");
        }

        @ParameterizedTest(name = "whose {0} is {1} is refused")
        @CsvSource({"x,'\"a\"'", "index,'\"\"'", "parentId,'\"asset:1\"'", "opacity,2", "type,7", "extra,1"})
        @DisplayName("is still a shape")
        void base(String field, String value) {
            TestClient a = join("a", Schemas.oursWith(CARD_SEQUENCE, 1));
            a.push(Diffs.put(Records.with(card("1"), field, value)));
            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
        }

        @Test
        @DisplayName(
                "is hidden from those that do not name its type, with what hangs on it, and comes to no harm by them")
        void hidden() {
            TestClient a = join("a", Schemas.oursWith(CARD_SEQUENCE, 1));
            TestClient plain = join("b", Schemas.OURS.serialize());
            JsonObject arrow = Records.arrow("2");
            a.push(Diffs.put(card("1"), arrow, Records.binding("3", "shape:2", "shape:1")));
            assertThat(plain).gotPatch(Diffs.put(arrow));
            plain.push(Diffs.remove("shape:1"));
            assertThat(room).holds(card("1"));
            assertThat(join("c", Schemas.OURS.serialize()))
                    .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:2");
        }

        @Test
        @DisplayName("of a known type is what that type says")
        void known() {
            TestClient a = join("a", Schemas.OURS.serialize());
            a.push(Diffs.put(Records.withProp(Records.geo("1"), "title", "'A'")));
            assertThat(a).wasRefused(RefusalReason.INVALID_RECORD);
            UnknownTypesTest.this.taken().isEmpty();
        }
    }

    @Nested
    @DisplayName("clients with a sequence that it does not know")
    class Sequences {

        @Test
        @DisplayName("are welcome when they are at one version, and so are those that do not have it")
        void same() {
            assertThat(join("a", Schemas.oursWith(CARD_SEQUENCE, 2))).isOpen();
            assertThat(join("b", Schemas.oursWith(CARD_SEQUENCE, 2))).isOpen();
            assertThat(join("c", Schemas.OURS.serialize())).isOpen();
            assertThat(join("d", Schemas.oursWith("com.example.other", 7))).isOpen();
        }

        @Test
        @DisplayName("are told who of them is the older one otherwise: nobody here can migrate it")
        void other() {
            join("a", Schemas.oursWith(CARD_SEQUENCE, 2));
            TestClient older = room.client("b")
                    .schema(Schemas.oursWith(CARD_SEQUENCE, 1))
                    .open()
                    .connect();
            TestClient newer = room.client("c")
                    .schema(Schemas.oursWith(CARD_SEQUENCE, 3))
                    .open()
                    .connect();
            assertThat(older).wasRefused(RefusalReason.CLIENT_TOO_OLD);
            assertThat(newer).wasRefused(RefusalReason.SERVER_TOO_OLD);
        }

        @Test
        @DisplayName("are bounded in number and length, whatever is named")
        void bounded() {
            JsonObject ours = Schemas.OURS.serialize().json();
            JsonObject.Builder many = ((JsonObject) Objects.requireNonNull(ours.get("sequences"))).toBuilder();
            for (int i = 0; i <= UnknownSequences.MOST; i++) {
                many.put("com.example.s" + i, 1);
            }
            TestClient a = room.client("a")
                    .schema(new SerializedSchema(ours.with("sequences", many.build())))
                    .open()
                    .connect();
            assertThat(a).wasRefused(RefusalReason.SERVER_TOO_OLD);
            TestClient b = room.client("b")
                    .schema(Schemas.oursWith("x".repeat(201), 1))
                    .open()
                    .connect();
            assertThat(b).wasRefused(RefusalReason.SERVER_TOO_OLD);
        }
    }

    @Nested
    @DisplayName("a room")
    class Stored {

        private RoomSnapshot withCard() {
            join("a", Schemas.oursWith(CARD_SEQUENCE, 2)).push(Diffs.put(card("1")));
            return room.snapshot();
        }

        private RoomLoader.Loaded load(StoreSchema schema, RoomSnapshot stored) throws MigrationException {
            return new RoomLoader(
                            schema,
                            TldrawSchema.initialRecords(),
                            RoomSettings.DEFAULT,
                            () -> "p",
                            () -> Instant.ofEpochMilli(1),
                            new Random(1))
                    .load(Optional.of(stored), false, 0);
        }

        @Test
        @DisplayName(
                "is stored with the version of what is unknown, and is not written anew for that when it is loaded")
        void again() throws MigrationException {
            RoomSnapshot stored = withCard();
            org.assertj.core.api.Assertions.assertThat(stored.schema()).isEqualTo(Schemas.oursWith(CARD_SEQUENCE, 2));
            RoomLoader.Loaded loaded = load(schema, stored);
            org.assertj.core.api.Assertions.assertThat(loaded.firstChange()).isEmpty();
            org.assertj.core.api.Assertions.assertThat(loaded.room().snapshot()).isEqualTo(stored);

            room = RoomFixture.of(stored, schema);
            TestClient older = room.client("b")
                    .schema(Schemas.oursWith(CARD_SEQUENCE, 1))
                    .open()
                    .connect();
            assertThat(older).wasRefused(RefusalReason.CLIENT_TOO_OLD);
        }

        @Test
        @DisplayName("is not opened on a server that refuses unknown types, as long as it holds some")
        void strict() throws MigrationException {
            RoomSnapshot stored = withCard();
            assertThatThrownBy(() -> load(Schemas.OURS, stored))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("shape:1: type \"card\" is unknown to this server");

            room.client("b").schema(Schemas.oursWith(CARD_SEQUENCE, 2)).join().push(Diffs.remove("shape:1"));
            RoomLoader.Loaded loaded = load(Schemas.OURS, room.snapshot());
            org.assertj.core.api.Assertions.assertThat(loaded.room().snapshot().schema())
                    .isEqualTo(Schemas.OURS.serialize());
        }

        @Test
        @DisplayName("is not opened when a record type of its own is gone from the server")
        void forgotten() {
            StoreSchema withComments = TldrawSchema.builder().comments().build();
            RoomSnapshot stored = RoomFixture.with(withComments, (JsonObject) JsonText.json("""
                                    {'id':'comment-thread:t','typeName':'comment-thread','pageId':'page:page','anchor':{'type':'page'},
                                     'createdBy':'ann','createdAt':1,'resolved':null,'isDeleted':false,'meta':{}}"""))
                    .snapshot();
            assertThatThrownBy(() -> load(Schemas.OURS, stored))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining("comment-thread:t: type \"comment-thread\" is unknown to this server");
        }

        @Test
        @DisplayName("does not take in a snapshot that has it at another version")
        void replaced() {
            withCard();
            RoomSnapshot other = new RoomSnapshot(List.of(), Map.of(), 1, 1, Schemas.oursWith(CARD_SEQUENCE, 3));
            assertThatThrownBy(() -> room.room().load(other, false))
                    .hasStackTraceContaining(CARD_SEQUENCE + " is at version 3, and in this room at 2");
        }
    }

    private org.assertj.core.api.ListAssert<String> taken() {
        return org.assertj.core.api.Assertions.assertThat(taken);
    }
}
