package dev.drawbridge.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.room.Records;
import dev.drawbridge.store.StoredRooms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thinning out")
class ThinnerTest {
    private final InMemoryVersionStore store = new InMemoryVersionStore();
    private final HistoryFixture node = new HistoryFixture(store);

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    @DisplayName("leaves what the rules say, each of which reads as it was, and no blocks that nobody needs")
    void thins() throws InterruptedException {
        List<Map<String, String>> documents = new ArrayList<>();
        fill("room", 100, documents);
        long before = store.usage("room").bytes();

        node.thinner(ThinningRules.DEFAULT).pass();

        List<VersionId> left = store.ids("room");
        assertThat(left).hasSizeBetween(6 + 14, 8 + 18);
        assertThat(store.blocks("room")).hasSize(left.size());
        assertThat(store.usage("room").bytes()).isLessThan(before);
        for (VersionId id : left) {
            assertThat(documents).contains(node.read("room", id));
        }
    }

    @Test
    @DisplayName("keeps what somebody may be about to write a difference from")
    void inFlight() throws InterruptedException {
        node.create("room");
        Version first = node.make("room", Reason.API);
        node.put("room", Records.geo("1"));
        Version second = node.make("room", Reason.API);
        StoredRooms.get(node.versions.delete("room", second.id().text()));

        node.thinner(ThinningRules.DEFAULT).pass();
        assertThat(store.blocks("room")).hasSize(2);

        node.clock.advance(Duration.ofMinutes(1));
        node.put("room", Records.geo("2"));
        Version third = node.make("room", Reason.API);
        node.clock.advance(Duration.ofMinutes(11));
        node.thinner(ThinningRules.DEFAULT).pass();
        assertThat(store.blocks("room"))
                .extracting(block -> block.key().version())
                .containsExactly(first.id(), third.id());
    }

    @Test
    @DisplayName("gives up the oldest without a name where a room takes more than it may")
    void roomBudget() throws InterruptedException {
        fill("room", 60, new ArrayList<>());
        VersionId named = store.ids("room").getFirst();
        StoredRooms.get(node.versions.rename("room", named.text(), Optional.of("first")));
        List<VersionId> before = store.ids("room");
        long most = store.usage("room").bytes() / 2;

        node.thinner(new ThinningRules(Duration.ZERO, Duration.ZERO, Duration.ZERO, most, 0))
                .pass();

        List<VersionId> left = store.ids("room");
        assertThat(store.usage("room").bytes()).isLessThanOrEqualTo(most);
        assertThat(left).contains(named, before.getLast()).hasSizeBetween(10, 50);
        assertThat(left.subList(1, left.size()))
                .isEqualTo(before.subList(before.size() - left.size() + 1, before.size()));
        left.forEach(id -> node.read("room", id));
    }

    @Test
    @DisplayName("gives up the oldest of all rooms where they take more than the server may have")
    void serverBudget() throws InterruptedException {
        fill("old", 40, new ArrayList<>());
        node.clock.advance(Duration.ofHours(5));
        fill("young", 10, new ArrayList<>());
        int young = store.ids("young").size();
        long most = store.usage().bytes() / 2;

        node.thinner(new ThinningRules(Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, most))
                .pass();

        assertThat(store.usage().bytes()).isLessThanOrEqualTo(most);
        assertThat(store.ids("old")).hasSizeBetween(1, 39);
        assertThat(store.ids("young")).hasSize(young);
    }

    @Test
    @DisplayName("gives up what is left of rooms that are gone for long, but not when the rooms are all gone")
    void goneRooms() throws InterruptedException {
        node.create("gone");
        node.make("gone", Reason.API);
        node.create("room");
        node.make("room", Reason.API);
        StoredRooms.get(node.commands.delete("gone"));
        Thinner thinner = node.thinner(ThinningRules.DEFAULT);
        thinner.pass();
        assertThat(store.ids("gone")).hasSize(1);
        node.clock.advance(Duration.ofHours(2));
        thinner.pass();
        assertThat(store.rooms(Optional.empty(), 10)).containsExactly("room");

        StoredRooms.get(node.commands.delete("room"));
        for (int i = 0; i < 3; i++) {
            node.clock.advance(Duration.ofHours(2));
            thinner.pass();
        }
        assertThat(store.rooms(Optional.empty(), 10)).containsExactly("room");
    }

    @Test
    @DisplayName("leaves a damaged version as it is, and those that do not need it are thinned out")
    void damaged() throws InterruptedException {
        fill("room", 30, new ArrayList<>());
        VersionId first = store.ids("room").getFirst();
        StoredRooms.get(node.versions.rename("room", first.text(), Optional.of("kept")));
        store.damage("room", new BlockKey(first, Optional.empty()), new byte[] {1, 2, 3});
        Version next = node.make("room", Reason.API);

        assertThat(node.read("room", node.make("room", Reason.API).id())).isNotNull();
        assertThat(StoredRooms.failureOf(node.versions.snapshot("room", first.text(), node.loan())))
                .isInstanceOf(VersionException.Damaged.class);
        node.clock.advance(Duration.ofHours(3));
        node.thinner(ThinningRules.DEFAULT).pass();
        assertThat(store.ids("room")).contains(first).doesNotContain(next.id());
        assertThat(StoredRooms.failureOf(node.versions.snapshot("room", first.text(), node.loan())))
                .isInstanceOf(VersionException.Damaged.class);
    }

    /** A room with a version every ten minutes, each of which differs in one shape of fifty. */
    private void fill(String roomId, int versions, List<Map<String, String>> documents) {
        node.create(roomId);
        for (int i = 0; i < 50; i++) {
            node.put(roomId, Records.geo("s" + i));
        }
        for (int i = 0; i < versions; i++) {
            node.put(roomId, Records.withMeta(Records.geo("s" + i % 50), "{\"text\":\"" + "x".repeat(i) + "\"}"));
            node.clock.advance(Duration.ofMinutes(10));
            documents.add(node.records(roomId));
            node.make(roomId, Reason.AUTO);
        }
        node.clock.advance(Duration.ofSeconds(1));
    }
}
