package dev.drawbridge.assets.collection;

import static dev.drawbridge.store.StoredRooms.change;
import static dev.drawbridge.store.StoredRooms.get;
import static dev.drawbridge.store.StoredRooms.opened;
import static dev.drawbridge.store.StoredRooms.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.assets.Asset;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.MediaType;
import dev.drawbridge.assets.NewAsset;
import dev.drawbridge.assets.files.FilesAssetStore;
import dev.drawbridge.store.InMemoryRoomStore;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The collection of unused assets")
class AssetCollectorTest {
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private AssetStore assets;
    private final InMemoryRoomStore rooms = new InMemoryRoomStore();
    private final Map<String, Ownership> owners = new HashMap<>();
    private final Map<String, Long> clocks = new HashMap<>();
    private final Queue<Runnable> touches = new ArrayDeque<>();
    private RecentMentions recent;
    private RoomStore watched;
    private AssetCollector collector;
    /** What happens while the rooms are read, after they have been. */
    private Runnable meanwhile = () -> {};

    @BeforeEach
    void start() {
        assets = FilesAssetStore.open(folder.resolve("assets"), () -> now, 0);
        restart();
    }

    private void restart() {
        recent = new RecentMentions(assets, touches::add, () -> now.toEpochMilli() * 1_000_000);
        watched = new WatchedRoomStore(rooms, recent);
        RoomMentions ofRooms = new RoomMentions(rooms, () -> {});
        collector = new AssetCollector(
                assets,
                List.of(ofRooms, ids -> {
                    meanwhile.run();
                    meanwhile = () -> {};
                }),
                recent,
                WEEK,
                () -> now);
    }

    @AfterEach
    void stop() {
        assets.close();
    }

    private void upload(String id) {
        try {
            assets.put(
                    new NewAsset(id, Optional.of("room"), MediaType.PNG, OptionalLong.empty()),
                    new ByteArrayInputStream(id.getBytes(StandardCharsets.UTF_8)),
                    1_000);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The room's asset records refer to these and to no others. */
    private void draw(String room, String recordId, String... ids) {
        Ownership owner =
                owners.computeIfAbsent(room, each -> opened(watched.open(each)).ownership());
        long clock = clocks.merge(room, 1L, Long::sum);
        StringBuilder text = new StringBuilder();
        for (String id : ids) {
            text.append("https://host/uploads/").append(id).append("?x ");
        }
        get(watched.commit(room, owner, change(clock, record(recordId, clock, text.toString()))));
    }

    private void touchWhatIsToBe() {
        while (!touches.isEmpty()) {
            touches.remove().run();
        }
    }

    private CollectionReport pass() {
        return pass(false);
    }

    private CollectionReport pass(boolean dry) {
        try {
            return collector.pass(dry).orElseThrow();
        } catch (UnknownMentionsException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void passDaily(int days) {
        for (int i = 0; i < days; i++) {
            now = now.plus(DAY);
            pass();
        }
    }

    private List<String> kept() {
        return assets.list(Optional.empty(), 1_000).assets().stream()
                .map(Asset::id)
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("deletes what no room refers to, after a week at the earliest and a week and a half at the latest")
    void deletes() {
        upload("used");
        upload("unused");
        upload("once used");
        draw("a", "asset:1", "used", "once%20used");
        passDaily(7);
        assertThat(kept()).contains("used", "unused", "once used");
        draw("a", "asset:1", "used");
        touchWhatIsToBe();
        passDaily(4);
        assertThat(kept()).containsExactly("once used", "used");
        passDaily(2);
        assertThat(kept()).as("six days after it was used last").containsExactly("once used", "used");
        passDaily(5);
        assertThat(kept()).containsExactly("used");
        passDaily(60);
        assertThat(kept()).containsExactly("used");
    }

    @Test
    @DisplayName("finds references in any record of any room, whether it is an asset's or not")
    void anyRecord() {
        upload("in a shape");
        upload("in another room");
        draw("a", "shape:1", "in a shape");
        for (int i = 0; i < 450; i++) {
            draw("room " + i, "shape:1", i == 449 ? "in%20another%20room" : "nothing");
        }
        passDaily(30);
        assertThat(kept()).containsExactly("in a shape", "in another room");
    }

    @Test
    @DisplayName("only lists on a dry run, which does not count as a pass")
    void dry() {
        upload("unused");
        now = now.plus(Duration.ofDays(20));
        CollectionReport report = pass(true);
        assertThat(report.unused()).isEqualTo(1);
        assertThat(report.unusedBytes()).isEqualTo(6);
        assertThat(report.deleted()).isZero();
        assertThat(report.examples()).extracting(Asset::id).containsExactly("unused");
        assertThat(assets.lastCollected()).isEmpty();
        assertThat(pass().deleted()).as("the first for long").isZero();
    }

    @Test
    @DisplayName(
            "gives everything all of its time anew when there was no pass for a while: nobody knows since when it is unused")
    void gap() {
        upload("unused");
        upload("used until yesterday");
        draw("a", "asset:1", "used until yesterday");
        pass();
        now = now.plus(Duration.ofDays(30));
        restart();
        touches.clear();
        draw("a", "asset:1", "nothing");
        now = now.plus(DAY);
        assertThat(pass().deleted()).isZero();
        passDaily(7);
        assertThat(kept()).hasSize(2);
        passDaily(5);
        assertThat(kept()).isEmpty();
    }

    @Test
    @DisplayName("goes on after a restart as if there had been none")
    void restarts() {
        upload("unused");
        for (int i = 0; i < 12; i++) {
            passDaily(1);
            restart();
        }
        assertThat(kept()).isEmpty();
    }

    @Test
    @DisplayName("deletes nothing when a room cannot be read, and says which")
    void unreadable() {
        upload("unused");
        passDaily(10);
        upload("unused 2");
        now = now.plus(Duration.ofDays(11));
        collector = new AssetCollector(
                assets,
                List.of(ids -> {
                    throw new UnknownMentionsException("the room x cannot be read", new IllegalStateException());
                }),
                recent,
                WEEK,
                () -> now);
        assertThatThrownBy(() -> collector.pass(false)).hasMessageContaining("the room x");
        assertThat(kept()).contains("unused 2");
    }

    @Test
    @DisplayName("keeps what is pasted, or taken back, while the pass goes on")
    void race() {
        upload("pasted");
        passDaily(10);
        now = now.plus(DAY);
        meanwhile = () -> draw("a", "asset:1", "pasted"); // its room has been read; the touch is on its way
        pass();
        assertThat(kept()).containsExactly("pasted");
        touchWhatIsToBe();
        passDaily(30);
        assertThat(kept()).containsExactly("pasted");
    }

    @Test
    @DisplayName("keeps what another node has touched while the pass goes on")
    void raceOfAnotherNode() {
        upload("pasted");
        passDaily(10);
        now = now.plus(DAY);
        meanwhile = () -> assets.touch("pasted");
        assertThat(pass().deleted()).isZero();
        assertThat(kept()).containsExactly("pasted");
    }

    @Test
    @DisplayName("touches an asset once for many records that refer to it within an hour")
    void touchesOnce() {
        upload("a");
        for (int i = 0; i < 100; i++) {
            draw("a", "asset:" + i, "a");
        }
        assertThat(touches).hasSize(1);
        now = now.plus(Duration.ofHours(2));
        draw("a", "asset:1", "a");
        assertThat(touches).hasSize(2);
    }

    @Test
    @DisplayName(
            "does little on the way of a commit, however much a record claims to refer to; a pass finds it all the same")
    void worst() {
        String[] many = IntStream.range(0, 1_000).mapToObj(i -> "id-" + i).toArray(String[]::new);
        draw("a", "asset:1", many);
        assertThat(touches).hasSizeLessThanOrEqualTo(16);
        touches.clear();

        upload("last");
        String[] large = IntStream.range(0, 5_000).mapToObj(i -> "id-" + i).toArray(String[]::new);
        large[4_999] = "last";
        draw("a", "asset:2", large);
        assertThat(touches).isEmpty();
        passDaily(30);
        assertThat(kept()).containsExactly("last");
    }

    @Test
    @DisplayName("never deletes what was referred to within the week, whatever people, restarts and pauses do")
    void never() {
        for (int seed = 0; seed < 15; seed++) {
            Random random = new Random(seed);
            Map<String, Instant> lastUsed = new HashMap<>();
            Map<String, Set<String>> uses = new HashMap<>();
            for (int i = 0; i < 6; i++) {
                String id = seed + "-" + i;
                upload(id);
                lastUsed.put(id, now);
            }
            List<String> ids = lastUsed.keySet().stream().sorted().toList();
            for (int step = 0; step < 120; step++) {
                touchWhatIsToBe();
                now = now.plus(Duration.ofHours(random.nextInt(random.nextInt(10) == 0 ? 200 : 14)));
                String room = seed + " room " + random.nextInt(2);
                for (String id : uses.getOrDefault(room, Set.of())) {
                    lastUsed.put(id, now);
                }
                switch (random.nextInt(6)) {
                    case 0 -> {
                        String id = ids.get(random.nextInt(ids.size()));
                        if (assets.find(id).isPresent()) {
                            uses.put(room, Set.of(id));
                            draw(room, "asset:1", id);
                            lastUsed.put(id, now);
                        }
                    }
                    case 1 -> {
                        uses.put(room, Set.of());
                        draw(room, "asset:1", "nothing");
                    }
                    case 2 -> restart();
                    default -> pass();
                }
                uses.values().stream().flatMap(Set::stream).forEach(id -> lastUsed.put(id, now));
                lastUsed.forEach((id, last) -> {
                    if (last.isAfter(now.minus(WEEK))) {
                        assertThat(assets.find(id))
                                .as("%s, used at %s, now %s", id, last, now)
                                .isPresent();
                    }
                });
            }
        }
    }
}
