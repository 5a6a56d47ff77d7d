package dev.drawbridge.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.Records;
import dev.drawbridge.room.Rights;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.Schemas;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.InMemoryRoomStore;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoredRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(QuietHosts.class)
@DisplayName("An operator's command")
class RoomCommandsTest {
    private static final HostSettings SETTINGS = new HostSettings(
            HostFixture.SETTINGS
                    .room()
                    .with(new Limits(
                            Limits.DEFAULT.message(),
                            new Limits.OfSession(1_000, 1 << 20, 64 << 10, 1 << 20),
                            new Limits.OfRoom(10, 10, 10, 1 << 20, 16 << 20),
                            new Limits.OfNode(3, Integer.MAX_VALUE, Integer.MAX_VALUE))),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            100);

    private static final RecordsQuery ALL = new RecordsQuery(Optional.empty(), Optional.empty(), 100);

    private final HandExecutor executor = new HandExecutor();
    private final HandLoop loop = new HandLoop(executor);
    private final HandClock clock = new HandClock();
    private final HeldStore store = new HeldStore();
    /** New rooms begin at clock 1. */
    private final RoomLoader loader = new RoomLoader(
            HostFixture.SCHEMA,
            TldrawSchema.initialRecords(),
            SETTINGS.room(),
            () -> "p",
            () -> Instant.ofEpochMilli(1),
            new Random(1));

    private final NodeMemory memory = NodeMemory.ofHeap(64 << 20);
    private final ByteLoan loan = new ByteLoan(memory.imports());

    private final RoomRegistry registry = new RoomRegistry(
            store,
            loader,
            () -> loop,
            executor,
            clock,
            SETTINGS,
            Lease.FOR_EVER,
            memory,
            HostObserver.NONE,
            RoomObserver.NONE);
    private final RoomCommands commands =
            new RoomCommands(registry, store, loader, new NodeIdentity("node", Instant.EPOCH), Neighbours.NONE);

    @Nested
    @DisplayName("on a room that is only stored")
    class Stored {

        @Test
        @DisplayName("reads it where it is stored, and does not open it for that")
        void reads() {
            create("room");
            store.opens = 0;

            assertThat(get(commands.snapshot("room", loan)).documents()).hasSize(2);
            assertThat(get(commands.record("room", "page:page", loan)).record()).isPresent();
            assertThat(get(commands.record("room", "page:none", loan)))
                    .isEqualTo(new RoomCommands.Read(Optional.empty(), 1));
            assertThat(ids(get(commands.records("room", ALL, loan)))).containsExactly("document:document", "page:page");
            assertThat(store.opens).isZero();
            assertThat(registry.size()).isZero();
        }

        @Test
        @DisplayName("reads what was written with an older schema as it would be loaded: one record, a page, all")
        void older() {
            JsonObject old = Records.withoutProp(Records.withoutProp(Records.geo("1"), "flipX"), "flipY");
            RoomSnapshot before = store(Schemas.V5_2_4, Records.page(), old);

            RoomCommands.Read migrated = get(commands.record("room", "shape:1", loan));
            RoomCommands.Read same = get(commands.record("room", "page:page", loan));
            RecordsPage page = get(commands.records("room", ALL, loan));
            RoomSnapshot whole = get(commands.snapshot("room", loan));

            assertThat(parsed(migrated.record().orElseThrow())).isEqualTo(Records.geo("1"));
            assertThat(migrated.documentClock()).isEqualTo(before.documentClock() + 1);
            assertThat(same).isEqualTo(new RoomCommands.Read(same.record(), before.documentClock()));
            assertThat(page.records().stream().map(RoomCommandsTest::parsed))
                    .containsExactly(Records.page(), Records.geo("1"));
            assertThat(whole.schema()).isEqualTo(HostFixture.SCHEMA.serialize());
            assertThat(store.opens).as("openings").isEqualTo(1);

            join("room", "a", new HandSocket());
            RoomSnapshot loaded = get(commands.snapshot("room", loan));
            assertThat(StoredRooms.documents(whole)).isEqualTo(StoredRooms.documents(loaded));
            assertThat(whole.documentClock()).isEqualTo(loaded.documentClock());
        }

        @Test
        @DisplayName("reads the whole of it for one record, where records have to be migrated together")
        void muchOlder() {
            JsonObject user = Records.page("gone").with("typeName", new JsonString("user_document"));
            store(Schemas.oursWith("com.tldraw.store", 3), Records.page(), user);

            assertThat(get(commands.record("room", "page:gone", loan)))
                    .isEqualTo(new RoomCommands.Read(Optional.empty(), 2));
            assertThat(get(commands.record("room", "page:page", loan)))
                    .returns(2L, RoomCommands.Read::documentClock)
                    .satisfies(read -> assertThat(read.record()).isPresent());
            assertThat(ids(get(commands.records("room", ALL, loan)))).containsExactly("page:page");
            assertThat(get(commands.snapshot("room", loan)).tombstones()).containsOnlyKeys("page:gone");
        }

        @Test
        @DisplayName("cannot read what it could not load, and says so")
        void newer() {
            store(Schemas.oursWith("com.tldraw.store", 99), Records.page());

            assertThat(List.of(
                            failure(commands.record("room", "page:page", loan)),
                            failure(commands.records("room", ALL, loan)),
                            failure(commands.snapshot("room", loan))))
                    .allSatisfy(e -> assertThat(e)
                            .isInstanceOf(RoomCommandException.Unavailable.class)
                            .hasMessageContaining("com.tldraw.store"));
        }

        @Test
        @DisplayName("takes memory for the whole of it, of what there is for all requests, and gives it back")
        void memory() {
            create("room");
            get(commands.snapshot("room", loan));
            assertThat(memory.imports().held())
                    .isGreaterThan(get(commands.describe("room")).bytes());
            loan.close();
            assertThat(memory.imports().held()).isZero();

            memory.imports().tryTake(memory.imports().most());
            ByteLoan next = new ByteLoan(memory.imports());
            assertThat(failure(commands.snapshot("room", next))).isInstanceOf(RoomCommandException.Unavailable.class);
            assertThat(get(commands.record("room", "page:page", next)).record())
                    .as("one record takes next to nothing")
                    .isPresent();
            assertThat(ids(get(commands.records("room", ALL, next)))).hasSize(2);

            memory.imports().giveBack(memory.imports().most());
            assertThat(get(commands.snapshot("room", next)).documents()).hasSize(2);
            next.close();
            assertThat(memory.imports().held()).isZero();
        }

        private RoomSnapshot store(SerializedSchema schema, JsonObject... records) {
            RoomSnapshot snapshot = new RoomSnapshot(
                    Stream.of(records).map(RoomCommandsTest::record).toList(), Map.of(), 1, 1, schema);
            Ownership owner = ((OpenedRoom) get(store.open("room"))).ownership();
            get(store.commit("room", owner, snapshot.asFirstChange()));
            get(store.release("room", owner));
            return snapshot;
        }

        @Test
        @DisplayName("changes it, and the change is stored")
        void changes() {
            create("room");

            assertThat(get(commands.update("room", puts(page("page:new", "New")))))
                    .isEqualTo(new RoomPatch.Outcome(2, 1, 0, 0));
            assertThat(registry.size()).isZero();
            assertThat(get(commands.describe("room")).records()).isEqualTo(3);
        }

        @Test
        @DisplayName("finds nobody in it, and need not open it to know that")
        void nobody() {
            create("room");
            store.opens = 0;

            assertThat(get(commands.sessions("room"))).isEmpty();
            assertThat(get(commands.send("room", new JsonString("hello")))).isZero();
            assertThat(failure(commands.dismiss("room", "a", RefusalReason.FORBIDDEN)))
                    .isInstanceOf(RoomCommandException.NoSuchSession.class);
            assertThat(store.opens).isZero();
        }

        @Test
        @DisplayName("deletes it without opening it, so that what is damaged can be deleted")
        void deletes() {
            create("room");
            store.opens = 0;

            get(commands.delete("room"));

            assertThat(store.opens).isZero();
            assertThat(failure(commands.describe("room"))).isInstanceOf(RoomCommandException.NoSuchRoom.class);
            assertThat(failure(commands.delete("room"))).isInstanceOf(RoomCommandException.NoSuchRoom.class);
        }
    }

    @Nested
    @DisplayName("on a room that does not exist")
    class Missing {

        @Test
        @DisplayName("fails, and leaves no room behind")
        void noRoom() {
            assertThat(List.of(
                            failure(commands.snapshot("none", loan)),
                            failure(commands.record("none", "page:page", loan)),
                            failure(commands.records("none", ALL, loan)),
                            failure(commands.update("none", puts(page("page:new", "New")))),
                            failure(commands.describe("none")),
                            failure(commands.sessions("none")),
                            failure(commands.unload("none")),
                            failure(commands.delete("none"))))
                    .allSatisfy(e -> assertThat(e).isInstanceOf(RoomCommandException.NoSuchRoom.class));
            assertThat(registry.size()).isZero();
            assertThat(get(store.list("", Optional.empty(), 10)).rooms()).isEmpty();
        }

        @Test
        @DisplayName("fails also while somebody joins it, who then makes it")
        void joined() {
            CompletionStage<RoomPatch.Outcome> early = commands.update("room", puts());
            HandSocket socket = new HandSocket();
            join("room", "a", socket);

            assertThat(early.toCompletableFuture()).isDone();
            assertThat(registry.size()).isEqualTo(1);
            assertThat(socket.closes()).isEmpty();
            assertThat(get(commands.snapshot("room", loan)).documentClock()).isEqualTo(1);
            assertThat(get(commands.record("room", "page:page", loan)).record()).isPresent();
            assertThat(get(commands.record("room", "page:none", loan)).record()).isEmpty();
            assertThat(get(commands.record("room", "page:none", loan)).documentClock())
                    .isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("that creates a room")
    class Creates {

        @Test
        @DisplayName("makes one like any new room, and says what there is")
        void plain() {
            RoomDetails room = create("room");

            assertThat(room.documentClock()).isEqualTo(1);
            assertThat(room.records()).isEqualTo(2);
            assertThat(room.bytes()).isPositive();
        }

        @Test
        @DisplayName("fails when there is one, whether it is open or not")
        void exists() {
            create("room");
            assertThat(failure(commands.create("room", Optional.empty())))
                    .isInstanceOf(RoomCommandException.RoomExists.class);
            join("room", "a", new HandSocket());
            assertThat(failure(commands.create("room", Optional.empty())))
                    .isInstanceOf(RoomCommandException.RoomExists.class);
        }

        @Test
        @DisplayName("takes a snapshot as its content, whose history begins anew")
        void fromSnapshot() {
            create("room");
            get(commands.update("room", puts(page("page:new", "New"))));
            RoomSnapshot original = get(commands.snapshot("room", loan));

            get(run(commands.create("copy", Optional.of(original))));

            RoomSnapshot copy = get(commands.snapshot("copy", loan));
            assertThat(StoredRooms.documents(copy)).isEqualTo(StoredRooms.documents(original));
            assertThat(copy.tombstoneHistoryStartsAtClock()).isEqualTo(copy.documentClock());
        }

        @Test
        @DisplayName("refuses a snapshot with an invalid record, and names it; nothing is made")
        void invalid() {
            RoomSnapshot bad = new RoomSnapshot(
                    List.of(record(page("page:bad", "Bad").with("index", new JsonString("no index")))),
                    Map.of(),
                    1,
                    1,
                    HostFixture.SCHEMA.serialize());

            assertThat(failure(commands.create("room", Optional.of(bad))))
                    .isInstanceOf(RoomCommandException.Invalid.class)
                    .hasMessageContaining("page:bad");
            assertThat(failure(commands.describe("room"))).isInstanceOf(RoomCommandException.NoSuchRoom.class);
        }

        @Test
        @DisplayName("fails when as many rooms are open as may be")
        void tooMany() {
            IntStream.range(0, 3).forEach(i -> join("room" + i, "a", new HandSocket()));

            assertThat(failure(commands.create("another", Optional.empty())))
                    .isInstanceOfSatisfying(RoomCommandException.LimitReached.class, e -> assertThat(e.limit())
                            .isEqualTo(Limit.ROOMS));
            HandSocket late = new HandSocket();
            join("another", "a", late);
            assertThat(late.closes()).containsExactly("1013");
        }
    }

    @Nested
    @DisplayName("on a room that people are in")
    class Live {
        private final HandSocket socket = new HandSocket();
        private final ClientConnection client = Objects.requireNonNull(join("room", "a", socket));

        @Test
        @DisplayName("is answered when its change is stored, and the clients are told then")
        void storedFirst() {
            store.holding = true;
            CompletionStage<RoomPatch.Outcome> answer = run(commands.update("room", puts(page("page:new", "New"))));
            assertThat(answer.toCompletableFuture()).isNotDone();
            assertThat(socket.sent()).noneMatch(message -> message.contains("page:new"));

            store.answer();
            executor.runAll();

            assertThat(get(answer).documentClock()).isEqualTo(2);
            await().until(() -> socket.sent().stream().anyMatch(message -> message.contains("page:new")));
        }

        @Test
        @DisplayName("reads what is there when that is stored, and looks for a page of it elsewhere than on its thread")
        void reads() {
            store.holding = true;
            run(commands.update("room", puts(page("page:new", "New"))));
            CompletionStage<RoomCommands.Read> record = run(commands.record("room", "page:new", loan));
            CompletionStage<RecordsPage> page =
                    run(commands.records("room", new RecordsQuery(Optional.of("page"), Optional.empty(), 1), loan));
            assertThat(record.toCompletableFuture()).isNotDone();
            assertThat(page.toCompletableFuture()).isNotDone();

            store.answer();
            executor.runAll();

            assertThat(get(record).record()).isPresent();
            assertThat(ids(get(page))).containsExactly("page:new");
            assertThat(get(page).next()).contains("page:new");
            assertThat(get(page).documentClock()).isEqualTo(2);
            assertThat(memory.imports().held()).isZero();
        }

        @Test
        @DisplayName("also learns of another clock only when that is stored")
        void mismatchStored() {
            store.holding = true;
            run(commands.update("room", puts(page("page:new", "New"))));
            CompletionStage<RoomPatch.Outcome> late = run(commands.update(
                    "room", new RoomPatch(List.of(page("page:x", "X")), List.of(), OptionalLong.of(1))));
            assertThat(late.toCompletableFuture()).isNotDone();

            store.answer();
            executor.runAll();

            assertThat(failure(late))
                    .isInstanceOfSatisfying(RoomCommandException.ClockMismatch.class, e -> assertThat(e.documentClock())
                            .isEqualTo(2));
        }

        @Test
        @DisplayName("is told that the room was given up when its change cannot be stored")
        void lost() {
            store.holding = true;
            CompletionStage<RoomPatch.Outcome> answer = run(commands.update("room", puts(page("page:new", "New"))));
            store.refuse();
            executor.runAll();

            assertThat(failure(answer)).isInstanceOf(RoomCommandException.Unavailable.class);
        }

        @Test
        @DisplayName("changes nothing when one of its records is invalid")
        void invalid() {
            assertThat(failure(commands.update(
                            "room",
                            puts(
                                    page("page:good", "Good"),
                                    page("page:bad", "Bad").without("index")))))
                    .isInstanceOf(RoomCommandException.Invalid.class);
            assertThat(get(commands.snapshot("room", loan)).documentClock()).isEqualTo(1);
        }

        @Test
        @DisplayName("does not make a room larger than it may be")
        void limit() {
            JsonObject[] many =
                    IntStream.range(0, 20).mapToObj(i -> page("page:" + i, "P")).toArray(JsonObject[]::new);
            assertThat(failure(commands.update("room", puts(many))))
                    .isInstanceOf(RoomCommandException.LimitReached.class);
        }

        @Test
        @DisplayName("replaces the document; clients are given the difference")
        void replaces() {
            RoomSnapshot before = get(commands.snapshot("room", loan));
            get(commands.update("room", puts(page("page:new", "New"))));

            assertThat(failure(commands.replace("room", before, false, OptionalLong.of(1))))
                    .isInstanceOf(RoomCommandException.ClockMismatch.class);
            assertThat(get(commands.replace("room", before, false, OptionalLong.of(2)))
                            .documentClock())
                    .isEqualTo(3);

            loop.pause();
            assertThat(socket.sent()).anyMatch(message -> message.contains("\"page:new\":[\"remove\"]"));
            assertThat(socket.closes()).isEmpty();
        }

        @Test
        @DisplayName("is given what a document held right before it was replaced, with what was pushed just then")
        void heldBefore() {
            RoomSnapshot first = get(commands.snapshot("room", loan));
            store.holding = true;
            ClientConnectionTest.receive(client, HostFixture.pushFrame("page:pushed"));
            CompletionStage<Replaced> answer = run(commands.replace("room", first, false, OptionalLong.empty()));
            assertThat(answer.toCompletableFuture()).isNotDone();

            store.answer();
            executor.runAll();

            Replaced replaced = get(answer);
            assertThat(replaced.documentClock()).isEqualTo(3);
            assertThat(replaced.before().documentClock()).isEqualTo(2);
            assertThat(StoredRooms.documents(replaced.before())).containsKey("page:pushed");
            assertThat(StoredRooms.documents(get(commands.snapshot("room", loan))))
                    .isEqualTo(StoredRooms.documents(first));
        }

        @Test
        @DisplayName("is given what an import has taken the place of, and nothing where there was no room")
        void importedOver() {
            RoomSnapshot first = get(commands.snapshot("room", loan));
            get(commands.update("room", puts(page("page:new", "New"))));
            RoomImport imported = new RoomImport(first, true, false);

            RoomImport.Outcome replaced = get(commands.take("room", imported));
            assertThat(replaced.created()).isFalse();
            assertThat(replaced.before()).hasValueSatisfying(before -> {
                assertThat(before.documentClock()).isEqualTo(2);
                assertThat(StoredRooms.documents(before)).containsKey("page:new");
            });
            assertThat(get(commands.take("new room", imported)))
                    .returns(true, RoomImport.Outcome::created)
                    .returns(Optional.empty(), RoomImport.Outcome::before);
        }

        @Test
        @DisplayName("sees who is there, and what waits for them")
        void sessions() {
            assertThat(get(commands.sessions("room"))).singleElement().satisfies(session -> {
                assertThat(session.id()).isEqualTo("a");
                assertThat(session.state()).isEqualTo(SessionDetails.State.CONNECTED);
                assertThat(session.protocol()).hasValue(8);
                assertThat(session.rights().readonly()).isFalse();
            });
            assertThat(get(commands.describe("room")))
                    .returns(RoomDetails.State.ACTIVE, RoomDetails::state)
                    .returns(OptionalInt.of(1), RoomDetails::sessions)
                    .returns(Optional.of("node"), RoomDetails::node);
            assertThat(registry.census()).isEqualTo(new Census(Map.of(HostState.ACTIVE, 1), 1, 0, 1, 0));
        }

        @Test
        @DisplayName("sends somebody away with the reason that the person is shown")
        void dismisses() {
            get(commands.dismiss("room", "a", RefusalReason.FORBIDDEN));

            await().untilAsserted(() -> assertThat(socket.closes()).containsExactly("4099FORBIDDEN"));
            assertThat(failure(commands.dismiss("room", "a", RefusalReason.FORBIDDEN)))
                    .isInstanceOf(RoomCommandException.NoSuchSession.class);
        }

        @Test
        @DisplayName("sends messages to all or to one")
        void messages() {
            assertThat(get(commands.send("room", new JsonString("to all")))).isEqualTo(1);
            assertThat(get(commands.send("room", "a", new JsonString("to a")))).isEqualTo(1);

            await().untilAsserted(() -> assertThat(socket.sent())
                    .contains("{\"type\":\"custom\",\"data\":\"to all\"}", "{\"type\":\"custom\",\"data\":\"to a\"}"));
        }

        @Test
        @DisplayName("takes rights away at once, and has the client connect again")
        void rights() {
            get(commands.changeRights("room", "a", Rights.VIEWER));
            assertThat(get(commands.sessions("room")).getFirst().rights().readonly())
                    .isTrue();

            registry.tick();
            executor.runAll();
            await().untilAsserted(() -> assertThat(socket.closes()).containsExactly("1000"));
        }

        @Test
        @DisplayName("puts the room away: clients connect again, and have it anew")
        void unloads() {
            get(commands.unload("room"));
            await().untilAsserted(() -> assertThat(socket.closes()).containsExactly("1012"));
            assertThat(registry.size()).isZero();

            HandSocket again = new HandSocket();
            join("room", "a", again);
            assertThat(again.closes()).isEmpty();
        }

        @Test
        @DisplayName(
                "deletes the room for good: clients are refused with NOT_FOUND, and their last words bring nothing back")
        void deletes() {
            ClientConnectionTest.receive(client, HostFixture.pushFrame("page:last"));
            CompletionStage<Void> deleted = commands.delete("room");
            ClientConnectionTest.receive(client, HostFixture.pushFrame("page:too-late"));
            executor.runAll();
            ClientConnectionTest.receive(client, HostFixture.pushFrame("page:even-later"));
            executor.runAll();

            get(deleted);
            await().untilAsserted(() -> assertThat(socket.closes()).containsExactly("4099NOT_FOUND"));
            client.closed();
            executor.runAll();
            assertThat(failure(commands.describe("room"))).isInstanceOf(RoomCommandException.NoSuchRoom.class);
            assertThat(registry.size()).isZero();
        }
    }

    @Nested
    @DisplayName("that lists rooms")
    class Lists {

        @Test
        @DisplayName("has each exactly once, in the order of their ids, page by page, whether open or not")
        void pages() {
            List.of("c", "a", "d", "b").forEach(RoomCommandsTest.this::create);
            join("b", "x", new HandSocket());

            RoomListing first = get(commands.list(new RoomQuery("", Optional.empty(), Optional.empty(), 3)));
            RoomListing second = get(commands.list(new RoomQuery("", Optional.empty(), first.next(), 3)));

            assertThat(first.rooms()).extracting(RoomDetails::id).containsExactly("a", "b", "c");
            assertThat(first.rooms())
                    .extracting(RoomDetails::state)
                    .containsExactly(RoomDetails.State.STORED, RoomDetails.State.ACTIVE, RoomDetails.State.STORED);
            assertThat(second.rooms()).extracting(RoomDetails::id).containsExactly("d");
            assertThat(second.next()).isEmpty();
        }

        @Test
        @DisplayName("finds those that contain a text, and those in one state")
        void filtered() {
            List.of("team-one", "team-two", "other").forEach(RoomCommandsTest.this::create);
            join("team-two", "x", new HandSocket());

            assertThat(ids(new RoomQuery("eam", Optional.empty(), Optional.empty(), 10)))
                    .containsExactly("team-one", "team-two");
            assertThat(ids(new RoomQuery("", Optional.of(RoomDetails.State.ACTIVE), Optional.empty(), 10)))
                    .containsExactly("team-two");
            assertThat(ids(new RoomQuery("", Optional.of(RoomDetails.State.STORED), Optional.empty(), 1)))
                    .containsExactly("other");
        }

        private List<String> ids(RoomQuery query) {
            return get(commands.list(query)).rooms().stream()
                    .map(RoomDetails::id)
                    .toList();
        }
    }

    @Test
    @DisplayName("A command that comes when the server shuts down is refused")
    void shutDown() {
        registry.shutDown();
        assertThat(failure(commands.update("room", puts(page("page:new", "New")))))
                .isInstanceOf(RoomCommandException.Unavailable.class);
    }

    // ---- how the test goes about it

    private RoomDetails create(String roomId) {
        return get(run(commands.create(roomId, Optional.empty())));
    }

    private @Nullable ClientConnection join(String roomId, String sessionId, HandSocket socket) {
        Optional<ClientConnection> connection = registry.join(roomId, Visitor.unknown(sessionId, false), socket);
        connection.ifPresent(joined -> ClientConnectionTest.receive(joined, HostFixture.connectFrame()));
        executor.runAll();
        return connection.orElse(null);
    }

    private static List<String> ids(RecordsPage page) {
        return page.records().stream().map(StoredRecord::id).toList();
    }

    private static JsonObject parsed(StoredRecord record) {
        try {
            return (JsonObject) Json.parse(record.json());
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
    }

    private static RoomPatch puts(JsonObject... records) {
        return new RoomPatch(List.of(records), List.of(), OptionalLong.empty());
    }

    private static JsonObject page(String id, String name) {
        return JsonObject.builder()
                .put("id", id)
                .put("typeName", "page")
                .put("name", name)
                .put("index", "a1")
                .put("meta", JsonObject.EMPTY)
                .build();
    }

    private static StoredRecord record(JsonObject record) {
        return new StoredRecord(String.valueOf(record.string("id")), Json.encode(record), 1);
    }

    private <T> CompletionStage<T> run(CompletionStage<T> stage) {
        executor.runAll();
        return stage;
    }

    private <T> T get(CompletionStage<T> stage) {
        executor.runAll();
        return StoredRooms.get(stage);
    }

    private Throwable failure(CompletionStage<?> stage) {
        executor.runAll();
        return StoredRooms.failureOf(stage);
    }

    /** Keeps rooms in memory, and lets the test say when a commit is answered. */
    private static final class HeldStore implements RoomStore {
        private final RoomStore rooms = new InMemoryRoomStore();
        private final List<Runnable> held = new ArrayList<>();
        private final List<CompletableFuture<CommitResult>> answers = new ArrayList<>();
        private boolean holding;
        private int opens;

        @Override
        public CompletionStage<Opening> open(String roomId) {
            opens++;
            return rooms.open(roomId);
        }

        @Override
        public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
            if (!holding) {
                return rooms.commit(roomId, owner, change);
            }
            CompletableFuture<CommitResult> answer = new CompletableFuture<>();
            held.add(() -> rooms.commit(roomId, owner, change).thenAccept(answer::complete));
            answers.add(answer);
            return answer;
        }

        @Override
        public CompletionStage<Optional<String>> owner(String roomId) {
            return rooms.owner(roomId);
        }

        @Override
        public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
            return rooms.release(roomId, owner, successor);
        }

        @Override
        public CompletionStage<Boolean> delete(String roomId) {
            return rooms.delete(roomId);
        }

        @Override
        public CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
            return rooms.read(roomId, admission);
        }

        @Override
        public CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId) {
            return rooms.readRecord(roomId, recordId);
        }

        @Override
        public CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range) {
            return rooms.readRecords(roomId, range);
        }

        @Override
        public CompletionStage<Optional<RoomSummary>> find(String roomId) {
            return rooms.find(roomId);
        }

        @Override
        public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
            return rooms.list(prefix, after, limit);
        }

        @Override
        public CompletionStage<Void> ping() {
            return rooms.ping();
        }

        @Override
        public void close() {}

        void answer() {
            holding = false;
            held.forEach(Runnable::run);
        }

        void refuse() {
            answers.forEach(answer -> answer.complete(new CommitResult.Fenced()));
        }
    }
}
