package dev.drawbridge.room;

import static dev.drawbridge.room.RoomAssertions.assertThat;

import dev.drawbridge.protocol.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("[§10] [§11] [§21.4] tombstones")
class TombstonesTest {
    /** Five tombstones are kept; when there are more, two more than the excess are forgotten. */
    private final RoomFixture room = RoomFixture.create(
            new RoomSettings(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5), 5, 2, Limits.NONE));

    private final TestClient a = room.join("a");

    @Test
    @DisplayName("[§21.4] three thousand are kept, three hundred are forgotten at a time")
    void defaults() {
        Assertions.assertThat(RoomSettings.DEFAULT.maxTombstones()).isEqualTo(3_000);
        Assertions.assertThat(RoomSettings.DEFAULT.tombstonePruneBuffer()).isEqualTo(300);
    }

    @Test
    @DisplayName("[§10] a deletion leaves a tombstone with its clock, creating the record again takes it away")
    void revived() {
        createAndDelete("1");
        assertThat(room).hasClock(3).hasTombstones(Map.of("shape:1", 3L));

        a.push(Diffs.put(Records.geo("1")));

        assertThat(room).hasClock(4).hasTombstones(Map.of());
        Assertions.assertThat(room.changes().getLast().prunedTombstones()).containsExactly("shape:1");
    }

    @Test
    @DisplayName("[§11] as many as may be are kept")
    void full() {
        for (int i = 1; i <= 5; i++) {
            createAndDelete("" + i);
        }
        room.tick();

        Assertions.assertThat(room.snapshot().tombstones()).hasSize(5);
        assertThat(room).hasHistoryFrom(1);
    }

    @Test
    @DisplayName("[§21.4] one too many: the oldest go, and the history starts with the oldest that is left")
    void pruned() {
        for (int i = 1; i <= 6; i++) {
            createAndDelete("" + i);
        }
        assertThat(room).hasClock(13).hasHistoryFrom(1);

        room.tick();

        assertThat(room)
                .hasClock(13)
                .hasHistoryFrom(9)
                .hasTombstones(Map.of("shape:4", 9L, "shape:5", 11L, "shape:6", 13L));
    }

    @Test
    @DisplayName("[§11] it never happens inside a push")
    void notInAPush() {
        for (int i = 1; i <= 7; i++) {
            createAndDelete("" + i);
        }

        Assertions.assertThat(room.snapshot().tombstones()).hasSize(7);
    }

    @Test
    @DisplayName("[§11] the store is told, the clients are not")
    void told() {
        for (int i = 1; i <= 6; i++) {
            createAndDelete("" + i);
        }
        a.forget();

        room.tick();

        assertThat(a).gotNothing();
        DocumentChange change = room.changes().getLast();
        Assertions.assertThat(change.previousClock()).isEqualTo(change.clock()).isEqualTo(13);
        Assertions.assertThat(change.historyStartsAtClock()).isEqualTo(9);
        Assertions.assertThat(change.prunedTombstones()).isEqualTo(Set.of("shape:1", "shape:2", "shape:3"));
        Assertions.assertThat(change.puts()).isEmpty();
        Assertions.assertThat(change.tombstones()).isEmpty();
    }

    @Test
    @DisplayName("[§11] a client from before the history is wiped, one from its start is told what it missed")
    void hydration() {
        for (int i = 1; i <= 6; i++) {
            createAndDelete("" + i);
        }
        room.tick();

        assertThat(room.client("b").lastServerClock(8).join())
                .isHydrated("wipe_all", 13)
                .wasToldToForgetOnly();
        assertThat(room.client("c").lastServerClock(9).join())
                .isHydrated("wipe_presence", 13)
                .wasToldToForgetOnly("shape:5", "shape:6");
    }

    @Test
    @DisplayName("[§11] a clock is forgotten whole: what shares the last one's goes with it")
    void sharedClock() {
        createAndDelete("1");
        a.push(Diffs.put(Records.geo("x"), Records.geo("y"), Records.geo("z")));
        a.push(Diffs.remove("shape:x", "shape:y", "shape:z"));
        createAndDelete("2");
        createAndDelete("3");

        room.tick();

        assertThat(room).hasHistoryFrom(7).hasTombstones(Map.of("shape:2", 7L, "shape:3", 9L));
    }

    @Test
    @DisplayName("[§11] when none is left the history starts now")
    void noneLeft() {
        String[] ids = {"shape:1", "shape:2", "shape:3", "shape:4", "shape:5", "shape:6"};
        for (String id : ids) {
            a.push(Diffs.put(Records.geo(id.substring("shape:".length()))));
        }
        a.push(Diffs.remove(ids));

        room.tick();

        assertThat(room).hasClock(8).hasHistoryFrom(8).hasTombstones(Map.of());
        assertThat(room.client("b").lastServerClock(8).join()).isHydrated("wipe_presence", 8);
        assertThat(room.client("c").lastServerClock(7).join()).isHydrated("wipe_all", 8);
    }

    @Test
    @DisplayName("[§21.4] the start of the history never goes back, whatever the stored tombstones say")
    void neverBack() {
        RoomFixture odd = RoomFixture.of(
                new RoomSnapshot(
                        List.of(),
                        Map.of(
                                "shape:1", 1L, "shape:2", 2L, "shape:3", 3L, "shape:4", 4L, "shape:5", 5L, "shape:6",
                                6L),
                        9,
                        8,
                        Schemas.OURS.serialize()),
                new RoomSettings(
                        Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(5), 5, 1, Limits.NONE));

        odd.tick();

        assertThat(odd).hasHistoryFrom(8);
    }

    private void createAndDelete(String name) {
        a.push(Diffs.put(Records.geo(name)));
        a.push(Diffs.remove("shape:" + name));
    }
}
