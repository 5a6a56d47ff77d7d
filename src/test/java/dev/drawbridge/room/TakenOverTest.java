package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("[§21.21] a room that another server has left off")
class TakenOverTest {
    private static final long NOW = 1_764_000_000_000L;

    private final RoomLoader loader = new RoomLoader(
            Schemas.OURS,
            TldrawSchema.initialRecords(),
            RoomSettings.DEFAULT,
            () -> "p",
            () -> Instant.ofEpochMilli(NOW),
            new Random(1));

    /** Clock 0: document and page; 3: shape:a; 5: shape:gone was deleted; 7: shape:b. History from 2. */
    private final RoomSnapshot left = new RoomSnapshot(
            List.of(at(0, Records.document()), at(0, Records.page()), at(3, Records.geo("a")), at(7, Records.geo("b"))),
            Map.of("shape:gone", 5L),
            7,
            2,
            Schemas.OURS.serialize());

    private final RoomFixture room = takenOver(left, NOW);

    @Test
    @DisplayName("goes on at a clock of ours, with what the other server knew of changes and deletions")
    void goesOn() {
        assertThat(room).hasClock(NOW).hasHistoryFrom(2).lastChanged("shape:a", 3);
        Assertions.assertThat(room.snapshot().tombstones()).containsEntry("shape:gone", 5L);
    }

    @Test
    @DisplayName("tells its clients what has changed since they were last told anything, by that server or by us")
    void back() {
        assertThat(back(7)).isHydrated("wipe_presence", NOW).wasGivenOnly().wasToldToForgetOnly();
        assertThat(back(5))
                .isHydrated("wipe_presence", NOW)
                .wasGivenOnly("shape:b")
                .wasToldToForgetOnly();
        assertThat(back(2))
                .isHydrated("wipe_presence", NOW)
                .wasGivenOnly("shape:a", "shape:b")
                .wasToldToForgetOnly("shape:gone");

        room.update(update -> update.put(Records.text("new")));
        assertThat(back(7))
                .isHydrated("wipe_presence", NOW + 1)
                .wasGivenOnly("shape:new")
                .wasToldToForgetOnly();
        assertThat(back(NOW))
                .isHydrated("wipe_presence", NOW + 1)
                .wasGivenOnly("shape:new")
                .wasToldToForgetOnly();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    @DisplayName("wipes who has seen nothing, or is from before that server's history")
    void before(long lastServerClock) {
        assertThat(back(lastServerClock)).isHydrated("wipe_all", NOW).wasGivenOnly(allOf(room));
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 1_000, 1L << 40, NOW - 1})
    @DisplayName("wipes who has seen what that server did afterwards, or an earlier room that was taken over")
    void between(long lastServerClock) {
        assertThat(back(lastServerClock)).isHydrated("wipe_all", NOW).wasGivenOnly(allOf(room));
    }

    @Test
    @DisplayName("is the same when it is loaded again, and when it is taken over twice")
    void again() throws Exception {
        RoomSnapshot stored =
                loader.load(Optional.of(room.snapshot()), false, 0).room().snapshot();
        Assertions.assertThat(stored).isEqualTo(room.snapshot());
        RoomFixture loaded = RoomFixture.of(stored);
        assertThat(loaded.client("seen").lastServerClock(8).join()).isHydrated("wipe_all", NOW);
        assertThat(loaded.client("back").lastServerClock(7).join()).isHydrated("wipe_presence", NOW);

        RoomFixture second = takenOver(left, NOW + 1_000);
        assertThat(second.client("of the first").lastServerClock(NOW + 3).join())
                .isHydrated("wipe_all", NOW + 1_000);
    }

    @Test
    @DisplayName("wipes its clients too once its history is forgotten")
    void forgotten() {
        RoomFixture small = RoomFixture.of(
                room.snapshot(),
                new RoomSettings(
                        RoomSettings.DEFAULT.connectTimeout(),
                        RoomSettings.DEFAULT.idleTimeout(),
                        RoomSettings.DEFAULT.removalTimeout(),
                        1,
                        0,
                        RoomSettings.DEFAULT.limits()));
        small.update(update -> update.delete("shape:a"));
        small.seconds(3);

        assertThat(small.client("back").lastServerClock(7).join()).isHydrated("wipe_all", NOW + 1);
        assertThat(small.client("ours").lastServerClock(NOW + 1).join()).isHydrated("wipe_presence", NOW + 1);
    }

    @Test
    @DisplayName("begins anew when its clock is not one that another server has counted to")
    void notCounted() {
        RoomSnapshot ours = new RoomSnapshot(
                List.of(at(NOW - 5, Records.page())),
                Map.of("shape:x", NOW - 7),
                NOW - 5,
                NOW - 9,
                Schemas.OURS.serialize());
        assertThat(takenOver(ours, NOW)).hasClock(NOW).hasHistoryFrom(NOW).hasTombstones(Map.of());

        RoomSnapshot nothing =
                new RoomSnapshot(List.of(at(0, Records.page())), Map.of(), 0, 0, Schemas.OURS.serialize());
        assertThat(takenOver(nothing, NOW)).hasClock(NOW).hasHistoryFrom(NOW).hasTombstones(Map.of());
    }

    @Test
    @DisplayName("of an older schema tells its clients what was migrated")
    void migrated() throws Exception {
        JsonObject props = ((JsonObject) Objects.requireNonNull(Records.geo("a").get("props")))
                .toBuilder().remove("flipX").remove("flipY").build();
        RoomSnapshot old = new RoomSnapshot(
                List.of(at(0, Records.page()), at(3, Records.geo("a").with("props", props)), at(7, Records.text("b"))),
                Map.of("shape:gone", 5L),
                7,
                2,
                Schemas.V5_2_4);
        Admitted admitted = loader.admit(old);
        RoomFixture migrated = RoomFixture.of(
                loader.begin(new FirstContent(admitted.snapshot(), OptionalLong.of(old.documentClock())), 0)
                        .room()
                        .snapshot());

        assertThat(migrated.client("back").lastServerClock(7).join())
                .isHydrated("wipe_presence", NOW)
                .wasGivenOnly("shape:a");
        assertThat(migrated.client("went on").lastServerClock(8).join()).isHydrated("wipe_all", NOW);
    }

    private TestClient back(long lastServerClock) {
        return room.client("back from " + lastServerClock)
                .lastServerClock(lastServerClock)
                .join();
    }

    private static String[] allOf(RoomFixture room) {
        return room.snapshot().documents().stream().map(StoredRecord::id).toArray(String[]::new);
    }

    private static RoomLoader.Loaded begin(RoomLoader loader, FirstContent first) {
        try {
            return loader.begin(first, 0);
        } catch (MigrationException e) {
            throw new AssertionError(e);
        }
    }

    private RoomFixture takenOver(RoomSnapshot content, long now) {
        RoomLoader then = new RoomLoader(
                Schemas.OURS,
                TldrawSchema.initialRecords(),
                RoomSettings.DEFAULT,
                () -> "p",
                () -> Instant.ofEpochMilli(now),
                new Random(1));
        RoomLoader.Loaded loaded = begin(then, new FirstContent(content, OptionalLong.of(content.documentClock())));
        StoredRoom store = new StoredRoom();
        store.write(loaded.firstChange().orElseThrow());
        store.assertEquals(loaded.room().snapshot());
        return RoomFixture.of(loaded.room().snapshot());
    }

    private static StoredRecord at(long clock, JsonObject record) {
        return new StoredRecord(String.valueOf(record.string("id")), Json.encode(record), clock);
    }
}
