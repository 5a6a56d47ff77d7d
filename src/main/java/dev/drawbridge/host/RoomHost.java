package dev.drawbridge.host;

import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Runs one room: brings inputs to it one by one, changes to the store, and messages to the outboxes when the gate lets
 * them. But for {@link #submit}, everything in it happens in its mailbox.
 */
final class RoomHost {
    private static final Logger log = LoggerFactory.getLogger(RoomHost.class);

    private final String roomId;
    private final RoomServices services;
    private final HostSettings settings;
    private final Mailbox mailbox;
    private final Delivery delivery;
    private final Queue<RoomInput> waiting = new ArrayDeque<>();
    private final CommitGate gate;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final HostObserver observer;

    private volatile HostState state = HostState.LOADING;
    private volatile int sessions;
    private @Nullable Room room;
    private @Nullable Ownership ownership;
    private @Nullable Handover handover;
    private @Nullable RoomCommits commits;
    private boolean shuttingDown;
    /** Whether there shall be a room when nothing is stored of it, whoever waits for it. */
    private boolean createsRoom;
    /** Whether somebody has come in, or is to, and not only commands. */
    private boolean visited;

    /** Inputs that are in the mailbox. Guarded by this, like {@code ended}: nobody joins a host that ends. */
    private int arriving;

    private boolean ended;

    /**
     * The store has been asked for the room, or to take it back or delete it, and has not answered yet.
     *
     * @param whenOverdue what happens when it does not answer in time
     */
    private record Handover(long startedAt, Runnable whenOverdue) {}

    RoomHost(String roomId, RoomServices services) {
        this(roomId, services, new CommitGate(), true);
    }

    /** @param createsRoom whether there shall be a room when nothing is stored of it */
    RoomHost(String roomId, RoomServices services, CommitGate gate, boolean createsRoom) {
        this.roomId = roomId;
        this.services = services;
        this.gate = gate;
        this.createsRoom = createsRoom;
        this.visited = createsRoom;
        this.settings = services.settings();
        this.observer = services.observer();
        this.mailbox = new Mailbox(task -> services.executor().execute(inRoom(task)));
        this.delivery = new Delivery(roomId, services.clock(), observer);
        mailbox.submit(this::load);
    }

    /** Whatever is logged on the way names the room. */
    private Runnable inRoom(Runnable task) {
        return () -> {
            try (var _ = MDC.putCloseable(LogFields.ROOM, roomId)) {
                task.run();
            }
        };
    }

    String roomId() {
        return roomId;
    }

    HostState state() {
        return state;
    }

    /** How many sessions are in the room, as of a moment ago. */
    int sessions() {
        return sessions;
    }

    /** Ends when this host has ended. */
    CompletionStage<Void> end() {
        return end;
    }

    /** Takes an input, in any state; false when this host has ended, and the input is not taken. */
    boolean submit(RoomInput input) {
        synchronized (this) {
            if (ended) {
                return false;
            }
            arriving++;
        }
        mailbox.submit(() -> {
            synchronized (this) {
                arriving--;
            }
            waiting.add(input);
            pump();
        });
        return true;
    }

    /** Time has passed; about once a second. */
    void tick() {
        mailbox.submit(this::onTick);
    }

    /** Stores what is to be stored, gives the room back and closes its sockets so that their clients connect again. */
    CompletionStage<Void> shutDown() {
        mailbox.submit(() -> {
            shuttingDown = true;
            drainWhenShuttingDown();
        });
        return end;
    }

    /** Puts the room away as soon as all is stored: its clients connect again, and it is loaded anew. */
    CompletionStage<Boolean> unload() {
        return command(answer -> {
            drain("an operator has it unloaded");
            answer.complete(true);
        });
    }

    /** Deletes the room for good, with all that is stored of it; who is in it is refused. */
    CompletionStage<Boolean> delete() {
        return command(this::delete);
    }

    /** Does something with this host once its turn has come in the room. */
    private CompletionStage<Boolean> command(Consumer<CompletableFuture<Boolean>> action) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Command<Boolean> turn = new Command<>(roomId, room -> Command.Result.of(true));
        turn.answer()
                .whenComplete((yes, error) -> mailbox.submit(() -> {
                    if (error == null && state == HostState.ACTIVE) {
                        action.accept(done);
                    } else {
                        done.completeExceptionally(error == null ? unavailable() : error);
                    }
                }));
        if (!submit(turn)) {
            turn.dropped(); // it has ended just now
        }
        return done;
    }

    private RoomCommandException unavailable() {
        return new RoomCommandException.Unavailable("The room " + roomId + " is being put away");
    }

    // ---- loading

    private void load() {
        long begun = System.nanoTime();
        Handover opening = handOver(() -> {
            observer.storeFailed(HostObserver.StoreOperation.OPEN);
            fail("the store has not answered within " + settings.commitTimeout(), null);
        });
        answered(services.store().open(roomId), (opened, error) -> {
            if (handover == opening) {
                handover = null;
                if (opened == null) {
                    observer.storeFailed(HostObserver.StoreOperation.OPEN);
                    fail("it cannot be loaded", error);
                } else {
                    observer.ownership(HostObserver.OwnershipChange.TAKEN);
                    loaded(opened, begun);
                }
            }
        });
    }

    private Handover handOver(Runnable whenOverdue) {
        Handover begun = new Handover(services.clock().millis(), whenOverdue);
        handover = begun;
        return begun;
    }

    /** What the store answers is dealt with in the mailbox. */
    private <T> void answered(CompletionStage<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        answer.whenComplete((result, error) -> mailbox.submit(() -> then.accept(result, error)));
    }

    private void loaded(OpenedRoom opened, long begun) {
        ownership = opened.ownership();
        Optional<RoomInput> creator =
                waiting.stream().filter(RoomInput::createsRoom).findFirst();
        if (opened.snapshot().isEmpty() && !createsRoom && creator.isEmpty()) {
            thereIsNoRoom();
            return;
        }
        RoomLoader.Loaded loaded;
        try {
            Optional<RoomSnapshot> firstContent = opened.snapshot().isPresent() || createsRoom
                    ? Optional.empty()
                    : creator.flatMap(RoomInput::firstContent);
            loaded = firstContent.isPresent()
                    ? services.loader().begin(firstContent.get(), opened.clockFloor())
                    : services.loader().load(opened.snapshot(), opened.mayHaveLostCommits(), opened.clockFloor());
        } catch (MigrationException | RuntimeException e) {
            fail("what is stored of it cannot be used", e);
            return;
        }
        observer.roomLoaded(System.nanoTime() - begun);
        createsRoom = false;
        room = loaded.room();
        commits = new RoomCommits(
                roomId, opened.ownership(), services, gate, mailbox, this::stored, why -> fail(why, null));
        state = state.to(HostState.ACTIVE);
        delivery.roomIsEmpty();
        // Nothing reflects the first change to anybody before it is stored: the gate holds it all.
        loaded.firstChange().ifPresent(change -> take(List.of(new Effect.Changed(change))));
        drainWhenShuttingDown();
        pump();
    }

    private void thereIsNoRoom() {
        for (RoomInput input = waiting.poll(); input != null; input = waiting.poll()) {
            input.noRoom();
        }
        state = state.to(HostState.DRAINING);
        release();
    }

    // ---- running

    private void pump() {
        while (state == HostState.ACTIVE && !shuttingDown && gate.held() <= settings.maxHeldEffects()) {
            RoomInput input = waiting.poll();
            if (input == null) {
                putAwayAfterCommands();
                return;
            }
            visited |= input.isVisit();
            apply(input);
        }
        if (state.isEnd()) {
            dropWaiting();
        }
    }

    private void apply(RoomInput input) {
        try {
            take(input.applyTo(room(), services.clock().millis()));
        } catch (RuntimeException e) {
            // A bug, or a damaged record. What it has left behind is unknown: such a room is not to be trusted.
            fail("an input could not be handled", e);
        }
    }

    /** A room that was opened only for an operator's command need not stay. */
    private void putAwayAfterCommands() {
        if (!visited && isIdle()) {
            drain("nobody is in it but an operator");
        }
    }

    private void take(List<Effect> effects) {
        delivery.deliver(commits().pass(effects));
        commits().next();
        sessions = room().sessionCount();
    }

    private void stored(List<Effect> released) {
        delivery.deliver(released);
        take(List.of());
        drainWhenShuttingDown();
        pump();
    }

    private void onTick() {
        long now = services.clock().millis();
        switch (state) {
            case LOADING, DRAINING -> {
                if (handover != null && isOverdue(handover, now)) {
                    handover.whenOverdue.run();
                }
            }
            case ACTIVE -> tickRoom(now);
            case CLOSED, FAILED -> {
                // nothing is left to be done
            }
        }
    }

    private void tickRoom(long now) {
        commits().watch(now);
        if (state == HostState.ACTIVE) {
            apply(Room::tick);
        }
        if (state == HostState.ACTIVE
                && isIdle()
                && now - delivery.emptySince() >= settings.unloadAfter().toMillis()) {
            drain("nobody is in it");
        }
    }

    private boolean isOverdue(Handover begun, long now) {
        return now - begun.startedAt > settings.commitTimeout().toMillis();
    }

    private boolean isIdle() {
        return room().isEmpty() && waiting.isEmpty() && gate.isIdle();
    }

    // ---- the end

    private void drainWhenShuttingDown() {
        if (shuttingDown && state == HostState.ACTIVE && gate.isIdle()) {
            drain("the server shuts down");
        }
    }

    private void drain(String why) {
        state = state.to(HostState.DRAINING);
        delivery.closeAll(room().close(why), CloseCodes.SERVICE_RESTART);
        release();
    }

    private void release() {
        Handover giving = handOver(() -> {
            observer.storeFailed(HostObserver.StoreOperation.RELEASE);
            log.warn("room {}: the store has not taken it back within {}", roomId, settings.commitTimeout());
            drained();
        });
        answered(services.store().release(roomId, Objects.requireNonNull(ownership)), (done, error) -> {
            if (handover == giving) {
                if (error != null) {
                    observer.storeFailed(HostObserver.StoreOperation.RELEASE);
                    log.warn("room {}: could not be given back", roomId, error);
                } else {
                    observer.ownership(HostObserver.OwnershipChange.RELEASED);
                }
                drained();
            }
        });
    }

    /** What was not stored yet needs not be; nobody is told anything before the store has forgotten the room. */
    private void delete(CompletableFuture<Boolean> answer) {
        state = state.to(HostState.DRAINING);
        commits().forget();
        delivery.closeAll(gate.abandon(), CloseCodes.TRY_AGAIN_LATER);
        Handover deleting = handOver(() -> notDeleted(answer, null));
        answered(services.store().delete(roomId), (existed, error) -> {
            if (handover == deleting) {
                if (existed == null) {
                    notDeleted(answer, error);
                } else {
                    log.info("room {}: deleted", roomId);
                    delivery.deliver(room().dissolve(RefusalReason.NOT_FOUND, "the room was deleted"));
                    answer.complete(existed);
                    drained();
                }
            }
        });
    }

    private void notDeleted(CompletableFuture<Boolean> answer, @Nullable Throwable error) {
        observer.storeFailed(HostObserver.StoreOperation.DELETE);
        answer.completeExceptionally(new RoomCommandException.Unavailable(
                "The store has not deleted the room " + roomId + ", or has not said so"));
        fail("it could not be deleted", error);
    }

    private void drained() {
        room = null;
        handover = null;
        sessions = 0;
        synchronized (this) {
            ended = shuttingDown || (arriving == 0 && waiting.isEmpty());
        }
        if (ended) {
            end(HostState.CLOSED);
        } else {
            state = state.to(HostState.LOADING);
            load();
        }
    }

    /** Doubt means discard: clients keep what was not acknowledged and push it again to whoever opens the room next. */
    private void fail(String why, @Nullable Throwable error) {
        log.error("room {}: given up, because {}", roomId, why, error);
        observer.roomFailed();
        if (commits != null) {
            commits.forget();
        }
        handover = null;
        // The room knows nothing any more of a socket whose close waits in the gate.
        delivery.closeAll(gate.abandon(), CloseCodes.TRY_AGAIN_LATER);
        if (room != null) {
            delivery.closeAll(room.close(why), CloseCodes.TRY_AGAIN_LATER);
            room = null;
        }
        synchronized (this) {
            ended = true;
        }
        end(HostState.FAILED);
    }

    private void end(HostState finalState) {
        state = state.to(finalState);
        dropWaiting();
        end.complete(null);
    }

    private void dropWaiting() {
        for (RoomInput input = waiting.poll(); input != null; input = waiting.poll()) {
            input.dropped();
        }
    }

    private RoomCommits commits() {
        return Objects.requireNonNull(commits, "the room is not loaded");
    }

    private Room room() {
        return Objects.requireNonNull(room, "the room is not loaded");
    }
}
