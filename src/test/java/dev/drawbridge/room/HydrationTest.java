package dev.drawbridge.room;

import static dev.drawbridge.json.JsonText.json;
import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§11] hydration")
class HydrationTest {

    @Nested
    @DisplayName("[§21.1] a new room")
    class NewRoom {
        private final RoomFixture room = RoomFixture.create();

        @Test
        @DisplayName("[§1] holds the document and one page")
        void content() {
            assertThat(room)
                    .holdsOnly(Records.DOCUMENT_ID, Records.PAGE_ID)
                    .holds(Records.document(), Records.page())
                    .hasClock(1)
                    .hasHistoryFrom(1)
                    .hasTombstones(Map.of());
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, 0})
        @DisplayName("[§21.1] gives its first records to clients of every generation")
        void firstConnect(long lastServerClock) {
            assertThat(room.client("a").lastServerClock(lastServerClock).join())
                    .isHydrated("wipe_all", 1)
                    .wasGiven(Records.document(), Records.page())
                    .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID);
        }
    }

    @Nested
    class Incremental {
        /** Clock 2: shape:a; 3: shape:b; 4: shape:c; 5: shape:a changed; 6: shape:b removed. */
        private final RoomFixture room = RoomFixture.with(Records.geo("a"));

        Incremental() {
            room.update(update -> update.put(Records.geo("b")));
            room.update(update -> update.put(Records.geo("c")));
            room.update(update -> update.put(Records.with(Records.geo("a"), "x", "5")));
            room.update(update -> update.delete("shape:b"));
            assertThat(room).hasClock(6);
        }

        @Test
        @DisplayName("[§11] L = C: nothing but presence")
        void upToDate() {
            assertThat(back(6)).isHydrated("wipe_presence", 6).wasGivenOnly().wasToldToForgetOnly();
        }

        @Test
        @DisplayName("[§11] H ≤ L < C: what has changed since, and what was deleted since")
        void behind() {
            assertThat(back(5)).isHydrated("wipe_presence", 6).wasGivenOnly().wasToldToForgetOnly("shape:b");
            assertThat(back(4))
                    .isHydrated("wipe_presence", 6)
                    .wasGiven(Records.with(Records.geo("a"), "x", "5"))
                    .wasGivenOnly("shape:a")
                    .wasToldToForgetOnly("shape:b");
            assertThat(back(3))
                    .isHydrated("wipe_presence", 6)
                    .wasGivenOnly("shape:a", "shape:c")
                    .wasToldToForgetOnly("shape:b");
        }

        @Test
        @DisplayName("[§11] what was created and deleted meanwhile is told as a remove")
        void cameAndWent() {
            assertThat(back(1))
                    .isHydrated("wipe_presence", 6)
                    .wasGivenOnly("shape:a", "shape:c")
                    .wasToldToForgetOnly("shape:b");
        }

        @Test
        @DisplayName("[§11] what was deleted and created again is told as a put only")
        void wentAndCame() {
            room.update(update -> update.put(Records.text("b")));

            assertThat(back(5))
                    .isHydrated("wipe_presence", 7)
                    .wasGiven(Records.text("b"))
                    .wasGivenOnly("shape:b")
                    .wasToldToForgetOnly();
        }

        @ParameterizedTest
        @ValueSource(longs = {7, 1_000_000, Long.MAX_VALUE})
        @DisplayName("[§11] L > C: the server has lost data, so everything is sent")
        void ahead(long lastServerClock) {
            assertThat(back(lastServerClock))
                    .isHydrated("wipe_all", 6)
                    .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:a", "shape:c")
                    .wasToldToForgetOnly();
        }

        @ParameterizedTest
        @ValueSource(longs = {0, -1, -5, Long.MIN_VALUE})
        @DisplayName("[§11] L < H: everything is sent, and nothing is to be removed")
        void beforeHistory(long lastServerClock) {
            assertThat(back(lastServerClock))
                    .isHydrated("wipe_all", 6)
                    .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID, "shape:a", "shape:c")
                    .wasToldToForgetOnly();
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "'6'", "{}", "1e400", "-1e400"})
        @DisplayName("[§11] no clock at all counts as having seen nothing")
        void noClock(String clock) {
            TestClient client = room.client("back")
                    .send(JsonObject.builder()
                            .put("type", "connect")
                            .put("protocolVersion", 8)
                            .put("schema", Schemas.OURS.serialize().json())
                            .put("lastServerClock", json(clock))
                            .build());

            Assertions.assertThat(client.next().string("hydrationType")).isEqualTo("wipe_all");
        }

        @Test
        @DisplayName("[§11] [§1] the document's own record can be removed, and is not sent then")
        void documentRemoved() {
            room.update(update -> update.delete(Records.DOCUMENT_ID));

            assertThat(back(-1)).wasGivenOnly(Records.PAGE_ID, "shape:a", "shape:c");
            assertThat(back(6)).wasToldToForgetOnly(Records.DOCUMENT_ID);
        }

        private TestClient back(long lastServerClock) {
            return room.client("back").lastServerClock(lastServerClock).join();
        }
    }

    @Nested
    class Presence {
        private final RoomFixture room = RoomFixture.create();

        @Test
        @DisplayName("[§11] the presence of all others is always added, one's own never")
        void others() {
            TestClient a = room.join("a");
            TestClient b = room.join("b");
            a.pushPresence(Diffs.putOp(Records.presence("a")));
            b.pushPresence(Diffs.putOp(Records.presence("b")));

            assertThat(room.client("c").lastServerClock(1).join())
                    .isHydrated("wipe_presence", 1)
                    .wasGivenOnly(TestClient.presenceId(1), TestClient.presenceId(2));
            assertThat(room.join("b"))
                    .isHydrated("wipe_all", 1)
                    .wasGivenOnly(Records.DOCUMENT_ID, Records.PAGE_ID, TestClient.presenceId(1));
        }

        @Test
        @DisplayName("[§16] presence is given as it is now, under the id that the server made")
        void asItIs() {
            TestClient a = room.join("a");
            a.pushPresence(Diffs.putOp(Records.presence("a")));
            a.pushPresence(Diffs.patchOp("{'chatMessage':['put','hi']}"));

            JsonObject expected = Records.with(
                    Records.with(Records.presence("a"), "id", "'instance_presence:p1'"), "chatMessage", "'hi'");
            assertThat(room.join("b")).wasGiven(expected);
        }
    }

    @Nested
    @DisplayName("[§17] a room from the reference, with clock and history from 0")
    class FromTheReference {
        private final RoomFixture room = RoomFixture.of(new RoomSnapshot(
                List.of(new StoredRecord(Records.PAGE_ID, Json.encode(Records.page()), 0)),
                Map.of(),
                0,
                0,
                Schemas.OURS.serialize()));

        @Test
        @DisplayName("[§11] L = −1 is before the history, L = 0 is up to date")
        void zero() {
            assertThat(room.client("a").lastServerClock(-1).join())
                    .isHydrated("wipe_all", 0)
                    .wasGivenOnly(Records.PAGE_ID);
            assertThat(room.client("b").lastServerClock(0).join())
                    .isHydrated("wipe_presence", 0)
                    .wasGivenOnly();
        }
    }

    @Test
    @DisplayName("[§17] a stored room is hydrated from, whatever the order in which its records were stored")
    void storedInAnyOrder() {
        RoomFixture room = RoomFixture.of(new RoomSnapshot(
                List.of(stored("new", 9), stored("old", 2), stored("middle", 5)),
                Map.of("shape:x", 8L, "shape:y", 3L),
                9,
                2,
                Schemas.OURS.serialize()));

        assertThat(room.client("a").lastServerClock(4).join())
                .isHydrated("wipe_presence", 9)
                .wasGivenOnly("shape:new", "shape:middle")
                .wasToldToForgetOnly("shape:x");
    }

    @Test
    @DisplayName("[§11] hydration consists of puts and removes, never patches")
    void noPatches() {
        RoomFixture room = RoomFixture.with(Records.frame("f"));
        TestClient a = room.join("a");
        a.push(Diffs.patch("shape:f", "{'props':['patch',{'name':['append','!',5]}]}"));

        JsonObject diff = (JsonObject)
                room.client("b").lastServerClock(2).join().hydration().get("diff");

        Assertions.assertThat(diff).isEqualTo(Diffs.put(Records.withProp(Records.frame("f"), "name", "'Frame!'")));
    }

    private static StoredRecord stored(String name, long clock) {
        return new StoredRecord("shape:" + name, Json.encode(Records.geo(name)), clock);
    }
}
