package dev.drawbridge.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.host.StoredChange;
import dev.drawbridge.protocol.ObjectAccess;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.Records;
import dev.drawbridge.room.Rights;
import dev.drawbridge.store.StoredRooms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("By themselves")
class HistorianTest {
    private static final Duration EVERY = Duration.ofMinutes(10);

    private final InMemoryVersionStore kept = new InMemoryVersionStore();
    private final Outage store = new Outage(kept);
    private final HistoryFixture node = new HistoryFixture(store);
    private final Historian historian = new Historian(node.versions, node.notes, EVERY);

    @BeforeEach
    void create() {
        node.create("room");
        node.make("room", Reason.API);
        node.notes.forget("room");
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    @DisplayName("versions are made some time after the first change, however many follow, and by whom they were made")
    void every() {
        node.put("room", Records.geo("1"));
        changedBy("room", "anna", "Anna");
        pass(Duration.ofMinutes(6));
        changedBy("room", "ben", "Ben");
        changedBy("room", "anna", "Anna Maria");
        changedBy("room", null, "Guest");
        pass(Duration.ofMinutes(3));
        assertThat(versions()).hasSize(1);

        pass(Duration.ofMinutes(2));

        assertThat(versions()).hasSize(2).first().satisfies(version -> {
            assertThat(version.reason()).isEqualTo(Reason.AUTO);
            assertThat(version.contributors())
                    .containsExactly(by("anna", "Anna Maria"), by("ben", "Ben"), by(null, "Guest"));
        });
        pass(Duration.ofHours(5));
        assertThat(versions()).hasSize(2);
        node.put("room", Records.geo("2"));
        pass(Duration.ofMinutes(9));
        assertThat(versions()).hasSize(2);
        pass(Duration.ofMinutes(2));
        assertThat(versions()).hasSize(3);
        assertThat(versions().getFirst().contributors()).isEmpty();
    }

    @Test
    @DisplayName("one is made when the last session has left, if anything has changed")
    void left() {
        node.notes.emptied("room");
        pass(Duration.ofSeconds(1));
        assertThat(versions()).hasSize(1);

        node.put("room", Records.geo("1"));
        node.notes.emptied("room");
        pass(Duration.ofSeconds(1));

        assertThat(versions()).hasSize(2).first().returns(Reason.LAST_LEFT, Version::reason);
        pass(EVERY.multipliedBy(2));
        assertThat(versions()).hasSize(2);
    }

    @Test
    @DisplayName("those of many rooms are made one after the other, without a pause")
    void withoutPause() {
        for (int i = 0; i < 600; i++) {
            node.create("room" + i);
            node.put("room" + i, Records.geo("1"));
        }
        node.clock.advance(EVERY);
        historian.tick();
        settle();
        for (int i = 0; i < 600; i++) {
            assertThat(StoredRooms.get(node.versions.list("room" + i, Optional.empty(), 100)))
                    .as("room" + i)
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("one is made of a room that is opened and has changed since its newest one")
    void opened() {
        node.notes.opened("room", node.snapshot("room").documentClock(), false);
        pass(EVERY.multipliedBy(2));
        assertThat(versions()).hasSize(1);

        long clock = node.put("room", Records.geo("1"));
        await().until(() -> node.isPutAway("room"));
        node.notes.forget("room"); // as if the server had been stopped
        node.notes.opened("room", clock, false);
        pass(Duration.ofSeconds(1));
        pass(EVERY);
        assertThat(versions()).hasSize(2);
        assertThat(versions().getFirst().clock()).isEqualTo(clock);
    }

    @Test
    @DisplayName(
            "what cannot be kept is kept later, ever more rarely tried, and nobody who has changed it is forgotten")
    void outage() {
        node.put("room", Records.geo("1"));
        changedBy("room", "anna", "Anna");
        store.isOut = true;
        pass(Duration.ofMinutes(11));
        int first = store.attempts.get();
        assertThat(first).isPositive();
        pass(Duration.ofSeconds(5));
        assertThat(store.attempts.get()).isEqualTo(first);
        for (int i = 0; i < 120; i++) {
            node.clock.advance(Duration.ofSeconds(30));
            historian.tick();
            settle();
        }
        assertThat(store.attempts.get() - first).isBetween(4, 20);
        changedBy("room", "ben", "Ben");

        store.isOut = false;
        pass(Duration.ofMinutes(11));

        assertThat(versions()).hasSize(2).first().satisfies(version -> assertThat(version.contributors())
                .containsExactly(by("anna", "Anna"), by("ben", "Ben")));
    }

    @Test
    @DisplayName("a version that is asked for has those who have changed the room, and the next one has not")
    void manual() {
        node.put("room", Records.geo("1"));
        changedBy("room", "anna", "Anna");
        assertThat(node.make("room", Reason.MANUAL).contributors()).containsExactly(by("anna", "Anna"));
        assertThat(node.make("room", Reason.MANUAL).contributors()).isEmpty();
        pass(EVERY.multipliedBy(2));
        assertThat(versions()).hasSize(3);
    }

    @Test
    @DisplayName("no version of a deleted room is waited for")
    void deleted() {
        node.put("room", Records.geo("1"));
        StoredRooms.get(node.commands.delete("room"));
        pass(EVERY.multipliedBy(2));
        assertThat(versions()).hasSize(1);
        assertThat(node.notes.due(0, 10)).isEmpty();
    }

    @Test
    @DisplayName("more than may be named are not remembered, and a name is cut where it is too long")
    void many() {
        node.put("room", Records.geo("1"));
        changedBy("room", "long", "\ud83d\ude00".repeat(500));
        for (int i = 0; i < 500; i++) {
            changedBy("room", "user" + i, "User");
        }
        List<Contributor> by = node.make("room", Reason.MANUAL).contributors();
        assertThat(by).hasSize(Version.MOST_CONTRIBUTORS);
        assertThat(by.getFirst().name().orElseThrow()).isEqualTo("\ud83d\ude00".repeat(100));
    }

    // ---- how the test goes about it

    private void changedBy(String roomId, @Nullable String userId, String name) {
        Author author = new Author(
                "session", Optional.ofNullable(userId), Optional.of(name), new Rights(false, ObjectAccess.WRITE));
        long clock = node.snapshot(roomId).documentClock();
        node.notes.changed(
                roomId,
                Optional.of(author),
                new StoredChange(clock - 1, clock, List.of(), List.of(), DocumentSize.EMPTY));
    }

    private static Contributor by(@Nullable String userId, String name) {
        return new Contributor(Optional.ofNullable(userId), Optional.of(name));
    }

    private void pass(Duration time) {
        node.clock.advance(time);
        historian.tick();
        settle();
        historian.tick(); // what was found by looking
        settle();
    }

    private void settle() {
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2)).until(historian::isIdle);
    }

    private List<Version> versions() {
        return StoredRooms.get(node.versions.list("room", Optional.empty(), 100));
    }

    /** A store into which nothing can be written as long as the test says so. */
    private static final class Outage extends DelegatingVersionStore {
        private volatile boolean isOut;
        private final AtomicInteger attempts = new AtomicInteger();

        Outage(VersionStore store) {
            super(store);
        }

        @Override
        public void add(String roomId, Version version, BlockKey key, byte[] block) {
            if (isOut) {
                attempts.incrementAndGet();
                throw new VersionStoreException("no space is left");
            }
            super.add(roomId, version, key, block);
        }
    }
}
