package dev.drawbridge.host;

import static dev.drawbridge.schema.Edit.remove;
import static dev.drawbridge.schema.Edit.set;
import static dev.drawbridge.schema.Field.field;
import static dev.drawbridge.schema.Validators.string;
import static dev.drawbridge.schema.Version.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.host.SchemaReload.Mode;
import dev.drawbridge.host.SchemaReload.Outcome;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSettings;
import dev.drawbridge.room.Visitor;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.schema.Field;
import dev.drawbridge.schema.RecordScope;
import dev.drawbridge.schema.RecordType;
import dev.drawbridge.schema.SchemaChange.Versions;
import dev.drawbridge.schema.StoreSchema;
import dev.drawbridge.schema.Subtype;
import dev.drawbridge.schema.Validators;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import dev.drawbridge.store.InMemoryRoomStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A schema that takes the place of another while rooms are open")
class SchemaReloadTest {
    private static final StoreSchema PLAIN = TldrawSchema.create();
    private static final StoreSchema CARD_1 =
            TldrawSchema.builder().subtype(card(field("title", string()))).build();
    private static final StoreSchema CARD_2 = TldrawSchema.builder()
            .subtype(card(field("title", string()), field("color", string()))
                    .migrations(version(1, "AddColor", set("color", "black"), remove("color"))))
            .build();

    private final HandExecutor executor = new HandExecutor();
    private final HandClock clock = new HandClock();
    private final InMemoryRoomStore store = new InMemoryRoomStore();
    private final CurrentSchema current = new CurrentSchema(CARD_1);
    private final RoomLoader loader = new RoomLoader(
            current, TldrawSchema.initialRecords(), RoomSettings.DEFAULT, () -> "p", clock, new Random(1));
    private final RoomRegistry registry = new RoomRegistry(
            store,
            loader,
            () -> new HandLoop(executor),
            executor,
            clock,
            new HostSettings(RoomSettings.DEFAULT, Duration.ofSeconds(30), Duration.ofSeconds(10), 1_200),
            Lease.FOR_EVER,
            NodeMemory.ofHeap(64 << 20),
            HostObserver.NONE,
            RoomObserver.NONE);
    private final RoomCommands rooms =
            new RoomCommands(registry, store, loader, new NodeIdentity("me", clock.instant()), Neighbours.NONE);
    private final SchemaReload reload = new SchemaReload(registry, loader, current);

    private static Subtype card(Field... props) {
        return Subtype.shape("card").props(props);
    }

    private <T> T done(CompletionStage<T> stage) {
        executor.runAll();
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertThat(future).isDone();
        return future.join();
    }

    /** A room that somebody is in, with one card. */
    private void openWithCard(String roomId) {
        JsonObject shape;
        try {
            shape = (JsonObject) Json.parse("""
                    {"id":"shape:a","typeName":"shape","type":"card","x":0,"y":0,"rotation":0,"index":"a1",\
                    "parentId":"page:page","isLocked":false,"opacity":1,"meta":{},"props":{"title":"A"}}""");
        } catch (JsonException e) {
            throw new AssertionError(e);
        }
        done(rooms.create(roomId, Optional.empty()));
        registry.join(roomId, Visitor.unknown("s", false), new HandSocket());
        executor.runAll();
        done(rooms.update(roomId, new RoomPatch(List.of(shape), List.of(), OptionalLong.empty())));
        assertThat(registry.hasOpened(roomId)).isTrue();
    }

    private String card(String roomId) {
        return new String(
                done(rooms.record(
                                roomId,
                                "shape:a",
                                new ByteLoan(NodeMemory.ofHeap(64 << 20).imports())))
                        .record()
                        .orElseThrow()
                        .json(),
                StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("leaves open rooms as they are; they are migrated when they are opened next")
    void next() {
        openWithCard("room");
        Outcome outcome = done(reload.replace(CARD_2, Mode.DO));
        assertThat(outcome.isDone()).isTrue();
        assertThat(outcome.openRooms()).isEqualTo(1);
        assertThat(outcome.strays()).isEmpty();
        assertThat(outcome.change().sequences()).containsOnlyKeys("com.tldraw.shape.card");
        assertThat(outcome.change().sequences()).containsValue(new Versions(0, 1));
        assertThat(current.get()).isSameAs(CARD_2);
        assertThat(card("room")).doesNotContain("color");

        assertThat(done(reload.unload())).isEqualTo(1);
        assertThat(card("room")).contains("\"color\":\"black\"");
        assertThat(done(reload.unload()))
                .as("those that are of it already stay")
                .isZero();
    }

    @Test
    @DisplayName("does not take it when an open room could not be opened again, and says which and why")
    void strays() {
        openWithCard("room");
        StoreSchema strict = TldrawSchema.builder()
                .subtype(Subtype.shape("card").props(field("title", Validators.oneOf("B"))))
                .build();
        Outcome refused = done(reload.replace(strict, Mode.DO));
        assertThat(refused.isDone()).isFalse();
        assertThat(refused.strays()).hasSize(1);
        assertThat(refused.strays().getFirst().roomId()).isEqualTo("room");
        assertThat(refused.strays().getFirst().why()).contains("shape:a", "props.title");
        assertThat(current.get()).isSameAs(CARD_1);

        assertThat(done(reload.replace(strict, Mode.LOOK)).isDone()).isFalse();
        assertThat(done(reload.replace(strict, Mode.FORCE)).isDone()).isTrue();
        assertThat(current.get()).isSameAs(strict);
    }

    @Test
    @DisplayName("does not take it, by force neither, when it goes back, or a type that is stored is gone")
    void obstacles() {
        current.replace(CARD_2);
        Outcome back = done(reload.replace(CARD_1, Mode.FORCE));
        assertThat(back.isDone()).isFalse();
        assertThat(back.change().obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("com.tldraw.shape.card"));

        current.replace(TldrawSchema.builder()
                .recordType(RecordType.of("column", RecordScope.DOCUMENT, Validators.jsonValue()))
                .build());
        Outcome gone = done(reload.replace(PLAIN, Mode.FORCE));
        assertThat(gone.change().obstacle())
                .hasValueSatisfying(why -> assertThat(why).contains("column"));
    }

    @Test
    @DisplayName("only looks when it is told to")
    void look() {
        assertThat(done(reload.replace(CARD_2, Mode.LOOK)).isDone()).isFalse();
        assertThat(current.get()).isSameAs(CARD_1);
    }

    @Test
    @DisplayName("keeps an open room from going to another node, where its clients would be taken for newer ones")
    void move() {
        openWithCard("room");
        done(reload.replace(CARD_2, Mode.DO));
        Removal nobody = new Removal() {
            @Override
            public String successor() {
                throw new AssertionError("it goes nowhere");
            }

            @Override
            public CompletionStage<Void> hold(List<Relay.FarOutlet> members) {
                throw new AssertionError("it goes nowhere");
            }

            @Override
            public CompletionStage<Boolean> bring(List<Passenger> passengers) {
                throw new AssertionError("it goes nowhere");
            }

            @Override
            public void goOn(List<Relay.FarOutlet> members, long sinceClock) {
                throw new AssertionError("it goes nowhere");
            }
        };
        assertThat(done(registry.move("room", nobody))).isFalse();
    }
}
