package dev.drawbridge.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.history.VersionChanges.Change;
import dev.drawbridge.history.VersionChanges.Counts;
import dev.drawbridge.history.VersionChanges.Kind;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomImport;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Records;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.store.StoredRooms;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Versions")
class VersionsTest {
    private final InMemoryVersionStore store = new InMemoryVersionStore();
    private final HistoryFixture node = new HistoryFixture(store);
    private final Versions versions = node.versions;
    private final ByteLoan loan = node.loan();
    private final Random chance = new Random(7);

    @BeforeEach
    void create() {
        node.create("room");
    }

    @AfterEach
    void close() {
        loan.close();
        assertThat(node.memory.imports().held()).isZero();
        node.close();
    }

    @Test
    @DisplayName("of what is shown already are made when somebody asks for one, and else not")
    void same() {
        Version first = node.make("room", Reason.AUTO);
        assertThat(node.make("room", Reason.LAST_LEFT)).isEqualTo(first);
        get(versions.keep("room", Reason.BEFORE_IMPORT));
        assertThat(list()).hasSize(1);

        Version second = node.make("room", Reason.API);
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(second.sha256()).isEqualTo(first.sha256());
        assertThat(store.blocks("room").getLast().size()).isLessThan(100);
        node.put("room", Records.geo("1"));
        get(versions.keep("room", Reason.BEFORE_IMPORT));
        assertThat(list()).hasSize(3).first().returns(Reason.BEFORE_IMPORT, Version::reason);
    }

    @Test
    @DisplayName("that are not there, or whose ids are none, are said to be not there")
    void none() {
        for (String id : List.of("000000000000-000000", "", "../secret", "x".repeat(10_000))) {
            assertThat(failure(versions.find("room", id))).isInstanceOf(VersionException.NoSuchVersion.class);
            assertThat(failure(versions.snapshot("room", id, loan))).isInstanceOf(VersionException.NoSuchVersion.class);
            assertThat(failure(versions.delete("room", id))).isInstanceOf(VersionException.NoSuchVersion.class);
        }
        assertThat(failure(versions.make("nowhere", Reason.API, Optional.empty())))
                .isInstanceOf(RoomCommandException.NoSuchRoom.class);
        assertThat(get(versions.list("nowhere", Optional.empty(), 10))).isEmpty();
    }

    @Test
    @DisplayName("do not have the object lane, and are read at the clock that they show")
    void lane() {
        node.put("room", HistoryFixture.remark("r", "to stay"), Records.geo("1"));
        Version version = node.make("room", Reason.API);
        RoomSnapshot there = get(versions.snapshot("room", version.id().text(), loan));
        assertThat(there.documents()).hasSize(3).noneMatch(record -> record.id().startsWith("remark"));
        assertThat(there.documentClock())
                .isEqualTo(version.clock())
                .isEqualTo(node.snapshot("room").documentClock());
        assertThat(version.bytes()).isEqualTo(there.size().bytes());
    }

    @Test
    @DisplayName("that have a name take so much and no more: none is given up for them, so the next one is refused")
    void named() {
        int made = 0;
        while (made < 100) {
            node.put("room", large());
            CompletionStage<Version> next = versions.make("room", Reason.MANUAL, Optional.of("n" + made));
            next.toCompletableFuture().exceptionally(error -> null).join();
            if (next.toCompletableFuture().isCompletedExceptionally()) {
                assertThat(failure(next)).isInstanceOf(VersionException.TooManyNamed.class);
                break;
            }
            made++;
        }
        assertThat(made).isBetween(2, 20);
        Version unnamed = node.make("room", Reason.API);
        assertThat(failure(versions.rename("room", unnamed.id().text(), Optional.of("one more"))))
                .isInstanceOf(VersionException.TooManyNamed.class);
        Version first = get(versions.list("room", Optional.empty(), 100)).getLast();
        get(versions.rename("room", first.id().text(), Optional.of("called something else")));
        get(versions.rename("room", first.id().text(), Optional.empty()));
        get(versions.rename("room", unnamed.id().text(), Optional.of("in its place")));
    }

    /** Of which nothing can be compressed. */
    private JsonObject large() {
        byte[] noise = new byte[150_000];
        chance.nextBytes(noise);
        return Records.draw2d("large", Base64.getEncoder().encodeToString(noise));
    }

    @Test
    @DisplayName("are brought back only at the clock that was asked for")
    void ifClock() {
        Version version = node.make("room", Reason.API);
        long clock = node.put("room", Records.geo("1"));
        assertThat(failure(versions.restore("room", version.id().text(), OptionalLong.of(clock - 1), loan)))
                .isInstanceOf(RoomCommandException.ClockMismatch.class);
        Restored restored = get(versions.restore("room", version.id().text(), OptionalLong.of(clock), loan));
        assertThat(restored.documentClock()).isGreaterThan(clock);
        assertThat(restored.before()).returns(clock, Version::clock).returns(Reason.BEFORE_RESTORE, Version::reason);
        assertThat(node.snapshot("room").documents()).hasSize(2);
    }

    @Test
    @DisplayName("are made of what is replaced or imported over, and other rooms are made of them")
    void replaced() {
        Version empty = node.make("room", Reason.API);
        node.put("room", Records.geo("1"));
        RoomSnapshot content = get(versions.snapshot("room", empty.id().text(), loan));

        get(versions.replace("room", content, false, OptionalLong.empty()));
        assertThat(list())
                .hasSize(2)
                .first()
                .returns(3, Version::records)
                .returns(Reason.BEFORE_IMPORT, Version::reason);
        node.put("room", Records.geo("2"), Records.geo("3"));
        get(versions.take("room", new RoomImport(content, true, false)));
        assertThat(list()).hasSize(3).first().returns(4, Version::records);
        assertThat(get(versions.take("other", new RoomImport(content, true, false)))
                        .created())
                .isTrue();

        get(versions.duplicate("room", list().getFirst().id().text(), "copy", loan));
        assertThat(node.snapshot("copy").documents()).hasSize(4);
        assertThat(failure(versions.duplicate("room", empty.id().text(), "copy", loan)))
                .isInstanceOf(RoomCommandException.RoomExists.class);
    }

    @Test
    @DisplayName("are told apart by what their records say, on the page that a shape is on")
    void changes() {
        node.put(
                "room",
                Records.frame("frame"),
                Records.on("shape:frame", Records.geo("in")),
                Records.on("shape:lost", Records.geo("lost")),
                Records.geo("gone"));
        Version first = node.make("room", Reason.API);
        node.change(
                "room",
                List.of(
                        Records.withMeta(Records.on("shape:frame", Records.geo("in")), "{\"a\":1}"),
                        Records.on("shape:new", Records.geo("new")),
                        Records.page("two")),
                List.of("shape:gone"));
        Version second = node.make("room", Reason.API);

        VersionChanges changes = get(versions.changes("room", second.id().text(), Optional.empty(), 1_000, loan));
        assertThat(changes.since()).contains(first.id());
        assertThat(changes.counts()).isEqualTo(Map.of("page", new Counts(1, 0, 0), "shape", new Counts(1, 1, 1)));
        assertThat(changes.more()).isFalse();
        assertThat(changes.changes())
                .containsExactly(
                        new Change("page:two", "page", Kind.ADDED, Optional.empty()),
                        new Change("shape:gone", "shape", Kind.REMOVED, Optional.of("page:page")),
                        new Change("shape:in", "shape", Kind.CHANGED, Optional.of("page:page")),
                        new Change("shape:new", "shape", Kind.ADDED, Optional.empty()));

        VersionChanges few = get(versions.changes("room", second.id().text(), Optional.empty(), 1, loan));
        assertThat(few.changes()).hasSize(1);
        assertThat(few.more()).isTrue();
        assertThat(few.counts()).isEqualTo(changes.counts());

        get(versions.restore("room", first.id().text(), OptionalLong.empty(), loan));
        assertThat(get(versions.changesUntilNow("room", first.id().text(), 10, loan))
                        .counts())
                .isEmpty();
        assertThat(get(versions.changesUntilNow("room", second.id().text(), 10, loan))
                        .counts())
                .isEqualTo(Map.of("page", new Counts(0, 0, 1), "shape", new Counts(1, 1, 1)));
        assertThat(get(versions.changes("room", first.id().text(), Optional.empty(), 10, loan))
                        .since())
                .isEmpty();
    }

    @Test
    @DisplayName("are not read when there is no memory for them, which is said")
    void memory() {
        Version version = node.make("room", Reason.API);
        ByteBudget budget = new ByteBudget(1_000);
        budget.add(900);
        try (ByteLoan small = new ByteLoan(budget)) {
            assertThat(failure(versions.snapshot("room", version.id().text(), small)))
                    .isInstanceOf(RoomCommandException.Unavailable.class);
        }
        assertThat(budget.held()).isEqualTo(900);
    }

    @Test
    @DisplayName("are all gone when their room was deleted")
    void forgotten() {
        node.make("room", Reason.API);
        StoredRooms.get(node.commands.delete("room"));
        get(versions.forget("room"));
        assertThat(store.rooms(Optional.empty(), 10)).isEmpty();
    }

    private List<Version> list() {
        return get(versions.list("room", Optional.empty(), 100));
    }

    private static <T> T get(CompletionStage<T> stage) {
        return StoredRooms.get(stage);
    }

    private static Throwable failure(CompletionStage<?> stage) {
        return StoredRooms.failureOf(stage);
    }
}
