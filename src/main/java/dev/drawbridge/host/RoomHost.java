package dev.drawbridge.host;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private HostState state = HostState.LOADING;
    private @Nullable Room room;
    private @Nullable Ownership ownership;
    private @Nullable Handover handover;
    private @Nullable Commit commit;
    private boolean shuttingDown;

    /** Inputs that are in the mailbox. Guarded by this, like {@code ended}: nobody joins a host that ends. */
    private int arriving;

    private boolean ended;

    /** The store has been asked for the room, or has been given it back, and has not answered yet. */
    private record Handover(long startedAt) {}

    /** The commit that is under way, or that has failed and is to be tried again. */
    private record Commit(DocumentChange change, int attempt, long startedAt, boolean failed) {}

    RoomHost(String roomId, RoomServices services) {
        this(roomId, services, new CommitGate());
    }

    RoomHost(String roomId, RoomServices services, CommitGate gate) {
        this.roomId = roomId;
        this.services = services;
        this.gate = gate;
        this.settings = services.settings();
        this.mailbox = new Mailbox(services.executor());
        this.delivery = new Delivery(roomId, services.clock());
        mailbox.submit(this::load);
    }

    String roomId() {
        return roomId;
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

    // ---- loading

    private void load() {
        Handover opening = handOver();
        answered(services.store().open(roomId), (opened, error) -> {
            if (handover == opening) {
                handover = null;
                if (opened == null) {
                    fail("it cannot be loaded", error);
                } else {
                    loaded(opened);
                }
            }
        });
    }

    private Handover handOver() {
        Handover begun = new Handover(services.clock().millis());
        handover = begun;
        return begun;
    }

    /** What the store answers is dealt with in the mailbox. */
    private <T> void answered(CompletionStage<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        answer.whenComplete((result, error) -> mailbox.submit(() -> then.accept(result, error)));
    }

    private void loaded(OpenedRoom opened) {
        RoomLoader.Loaded loaded;
        try {
            loaded = services.loader().load(opened.snapshot(), opened.mayHaveLostCommits());
        } catch (MigrationException | RuntimeException e) {
            fail("what is stored of it cannot be used", e);
            return;
        }
        room = loaded.room();
        ownership = opened.ownership();
        state = state.to(HostState.ACTIVE);
        delivery.roomIsEmpty();
        // Nothing reflects the first change to anybody before it is stored: the gate holds it all.
        loaded.firstChange().ifPresent(change -> take(List.of(new Effect.Changed(change))));
        drainWhenShuttingDown();
        pump();
    }

    // ---- running

    private void pump() {
        while (state == HostState.ACTIVE && !shuttingDown && gate.held() <= settings.maxHeldEffects()) {
            RoomInput input = waiting.poll();
            if (input == null) {
                return;
            }
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

    private void take(List<Effect> effects) {
        delivery.deliver(gate.pass(effects));
        gate.nextCommit()
                .ifPresent(change ->
                        tryCommit(new Commit(change, 1, services.clock().millis(), false)));
    }

    private void onTick() {
        long now = services.clock().millis();
        switch (state) {
            case LOADING -> {
                if (isOverdue(now)) {
                    fail("the store has not answered within " + settings.commitTimeout(), null);
                }
            }
            case ACTIVE -> tickRoom(now);
            case DRAINING -> {
                if (isOverdue(now)) {
                    log.warn("room {}: the store has not taken it back within {}", roomId, settings.commitTimeout());
                    drained();
                }
            }
            case CLOSED, FAILED -> {
                // nothing is left to be done
            }
        }
    }

    private void tickRoom(long now) {
        watchCommit(now);
        if (state == HostState.ACTIVE) {
            apply(Room::tick);
        }
        if (state == HostState.ACTIVE
                && isIdle()
                && now - delivery.emptySince() >= settings.unloadAfter().toMillis()) {
            drain("nobody is in it");
        }
    }

    private boolean isOverdue(long now) {
        return handover != null
                && now - handover.startedAt > settings.commitTimeout().toMillis();
    }

    private boolean isIdle() {
        return room().isEmpty() && waiting.isEmpty() && gate.isIdle();
    }

    // ---- storing

    private void tryCommit(Commit attempt) {
        commit = attempt;
        answered(
                services.store().commit(roomId, Objects.requireNonNull(ownership), attempt.change), (result, error) -> {
                    if (commit == attempt) {
                        commitEnded(attempt, result, error);
                    }
                });
    }

    private void commitEnded(Commit attempt, @Nullable CommitResult result, @Nullable Throwable error) {
        switch (result) {
            case CommitResult.Committed ignored -> {
                commit = null;
                delivery.deliver(gate.committed());
                take(List.of());
                drainWhenShuttingDown();
                pump();
            }
            case CommitResult.Fenced ignored -> fail("somebody else has opened it", null);
            case CommitResult.Conflict(long storedClock) ->
                fail(
                        "the store, at clock " + storedClock + ", does not go on from clock "
                                + attempt.change.previousClock(),
                        null);
            case null -> {
                log.warn("room {}: attempt {} to commit has failed", roomId, attempt.attempt, error);
                commit = new Commit(attempt.change, attempt.attempt, attempt.startedAt, true);
            }
        }
    }

    /** Tries a failed commit again; gives the room up when that takes too long. */
    private void watchCommit(long now) {
        if (commit == null) {
            return;
        }
        if (now - commit.startedAt > settings.commitTimeout().toMillis()) {
            fail("a commit has not succeeded within " + settings.commitTimeout(), null);
        } else if (commit.failed) {
            tryCommit(new Commit(commit.change, commit.attempt + 1, commit.startedAt, false));
        }
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
        Handover giving = handOver();
        answered(services.store().release(roomId, Objects.requireNonNull(ownership)), (done, error) -> {
            if (handover == giving) {
                if (error != null) {
                    log.warn("room {}: could not be given back", roomId, error);
                }
                drained();
            }
        });
    }

    private void drained() {
        room = null;
        handover = null;
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
        commit = null;
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

    private Room room() {
        return Objects.requireNonNull(room, "the room is not loaded");
    }
}
