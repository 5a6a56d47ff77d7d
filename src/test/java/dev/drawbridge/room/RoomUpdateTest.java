package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonText;
import dev.drawbridge.schema.ValidationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A change by the host")
class RoomUpdateTest {
    private final RoomFixture room = RoomFixture.with(Records.geo("1"));
    private final TestClient a = room.join("a");
    private final TestClient reader = room.client("reader").readonly().join();

    @Nested
    class Lands {

        @Test
        @DisplayName("[§10] as one change with one clock, and reaches every client as one patch")
        void asOne() {
            room.update(update -> {
                update.put(Records.geo("2"));
                update.put(Records.with(Records.geo("1"), "x", "5"));
                update.delete(Records.PAGE_ID);
            });

            JsonObject told = Diffs.all(
                    Diffs.put(Records.geo("2")),
                    Diffs.patch("shape:1", "{'x':['put',5]}"),
                    Diffs.remove(Records.PAGE_ID));
            assertThat(a).gotPatch(told).atClock(3).gotNothing();
            assertThat(reader).gotPatch(told).atClock(3).gotNothing();
            assertThat(room)
                    .hasClock(3)
                    .holdsOnly(Records.DOCUMENT_ID, "shape:1", "shape:2")
                    .hasTombstones(Map.of(Records.PAGE_ID, 3L));
        }

        @Test
        @DisplayName("[§10] not at all when nothing has changed")
        void nothing() {
            room.update(update -> {
                update.put(Records.geo("1"));
                update.delete("shape:none");
            });

            assertThat(a).gotNothing();
            assertThat(room).hasClock(2);
        }

        @Test
        @DisplayName("not for what was undone again: an equal put cancels itself")
        void cancelled() {
            room.update(update -> {
                update.put(Records.with(Records.geo("1"), "x", "5"));
                update.put(Records.geo("1"));
                update.put(Records.geo("2"));
                update.delete("shape:2");
                update.delete(Records.PAGE_ID);
                update.put(Records.page());
            });

            assertThat(a).gotNothing();
            assertThat(room).hasClock(2).hasTombstones(Map.of());
        }

        @Test
        @DisplayName("as a patch when a record was deleted and put otherwise")
        void deletedAndPut() {
            room.update(update -> {
                update.delete("shape:1");
                update.put(Records.with(Records.geo("1"), "x", "5"));
            });

            assertThat(a).gotPatch(Diffs.patch("shape:1", "{'x':['put',5]}"));
            assertThat(room).hasTombstones(Map.of());
        }

        @Test
        @DisplayName("in a room without anybody, too")
        void alone() {
            RoomFixture lonely = RoomFixture.create();

            lonely.update(update -> update.put(Records.geo("1")));

            assertThat(lonely).hasClock(2).holds(Records.geo("1"));
        }
    }

    @Nested
    class View {

        @Test
        @DisplayName("shows the records of the room and its own changes")
        void isolated() {
            room.update(update -> {
                Assertions.assertThat(update.get("shape:1")).contains(Records.geo("1"));
                Assertions.assertThat(update.get("shape:2")).isEmpty();

                update.put(Records.geo("2"));
                update.delete("shape:1");

                Assertions.assertThat(update.get("shape:1")).isEmpty();
                Assertions.assertThat(update.get("shape:2")).contains(Records.geo("2"));
                Assertions.assertThat(update.getAll())
                        .containsExactlyInAnyOrder(Records.document(), Records.page(), Records.geo("2"));
                assertThat(room).hasClock(2).holds(Records.geo("1")).holdsNo("shape:2");
            });
        }

        @Test
        @DisplayName("gives a list that may be changed without an effect on the room")
        void copies() {
            room.update(update -> new ArrayList<>(update.getAll()).clear());

            assertThat(room).hasClock(2).holds(Records.geo("1"));
        }

        @Test
        @DisplayName("is dead afterwards")
        void dead() {
            AtomicReference<RoomUpdate> kept = new AtomicReference<>();
            room.update(kept::set);
            RoomUpdate view = kept.get();

            Assertions.assertThatIllegalStateException().isThrownBy(() -> view.get("shape:1"));
            Assertions.assertThatIllegalStateException().isThrownBy(view::getAll);
            Assertions.assertThatIllegalStateException().isThrownBy(() -> view.put(Records.geo("2")));
            Assertions.assertThatIllegalStateException().isThrownBy(() -> view.delete("shape:1"));
        }
    }

    @Nested
    class Refused {

        static Stream<JsonObject> invalid() {
            return Stream.of(
                    Records.withProp(Records.geo("2"), "w", "'x'"),
                    Records.withProp(Records.geo("1"), "bogus", "1"),
                    Records.camera(),
                    Records.presence("x"),
                    Records.geo("2").without("id"),
                    Records.geo("2").without("typeName"),
                    JsonText.object("{'id':'widget:1','typeName':'widget'}"),
                    Records.with(Records.page("x"), "id", "'shape:1'"));
        }

        @ParameterizedTest
        @MethodSource("invalid")
        @DisplayName("[§12.3] when a push with that record would be; nothing of it has happened then")
        void validated(JsonObject record) {
            Assertions.assertThatExceptionOfType(ValidationException.class)
                    .isThrownBy(() -> room.room().update(update -> {
                        update.put(Records.geo("ok"));
                        update.put(record);
                    }));

            assertThat(a).gotNothing();
            assertThat(room).hasClock(2).holdsOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:1");
        }

        @Test
        @DisplayName("when the updater fails; the view is dead then, too")
        void failed() {
            List<RoomUpdate> kept = new ArrayList<>();

            Assertions.assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> room.room().update(update -> {
                        kept.add(update);
                        update.put(Records.geo("2"));
                        throw new UnsupportedOperationException();
                    }));

            assertThat(room).hasClock(2).holdsNo("shape:2");
            Assertions.assertThatIllegalStateException()
                    .isThrownBy(() -> kept.getFirst().getAll());
        }

        @Test
        @DisplayName("when the room is closed")
        void closed() {
            room.perform(room.room().close("closed"));

            Assertions.assertThatIllegalStateException()
                    .isThrownBy(() -> room.room().update(update -> update.put(Records.geo("2"))));
        }
    }

    @Test
    @DisplayName("[§21.7] a number that is not finite becomes null in meta")
    void overflow() {
        JsonObject record = Records.withMeta(Records.geo("1"), "{'n':1e400}");

        room.update(update -> update.put(record));

        assertThat(room).holds(Records.withMeta(Records.geo("1"), "{'n':null}"));
    }
}
