package dev.drawbridge.host;

import dev.drawbridge.room.FirstContent;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.StoreException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Leads one room through its lives: has it opened when somebody comes, brings inputs to it one by one, and puts it away. But
 * for {@link #submit} and the like, everything in it happens in its mailbox.
 */
final class RoomHost {
    private static final Logger log = LoggerFactory.getLogger(RoomHost.class);

    private final String roomId;
    private final RoomServices services;
    private final Supplier<CommitGate> gates;
    private final HostObserver observer;
    private final RoomObserver roomObserver;
    private final Mailbox mailbox;
    private final Arrivals arrivals = new Arrivals();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private final InboundWindow inbound;
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    private Stage stage = Stage.Asleep.INSTANCE;
    private volatile HostState state = HostState.LOADING;
    private volatile int sessions;
    private volatile boolean doomed;
    /** The node that has the room; known at the end, when it is not this one. */
    private @Nullable String heldBy;

    /** Whether it has been said that the room is open, and not yet that it is not. */
    private boolean saidToBeOpen;

    private boolean shuttingDown;
    /** What waits first may take long: the mailbox is to go on with it where that hurts nobody. */
    private boolean makingWay;

    RoomHost(String roomId, RoomServices services) {
        this(roomId, services, CommitGate::new);
    }

    /** @param gates makes the gate for each life of the room */
    RoomHost(String roomId, RoomServices services, Supplier<CommitGate> gates) {
        this.roomId = roomId;
        this.services = services;
        this.gates = gates;
        this.observer = services.observer();
        this.roomObserver = services.roomObserver();
        this.inbound = new InboundWindow(services.memory().reading().most() / 4);
        this.mailbox = new Mailbox(inRoom(services.executor()), inRoom(services.background()), () -> services.clock()
                .nanos());
    }

    /** Whatever is logged on the way names the room. */
    private Executor inRoom(Executor executor) {
        return task -> executor.execute(() -> {
            try (var _ = MDC.putCloseable(LogFields.ROOM, roomId)) {
                task.run();
            }
        });
    }

    String roomId() {
        return roomId;
    }

    HostState state() {
        return state;
    }

    /** What may wait for the room, of all its clients together. */
    InboundWindow inbound() {
        return inbound;
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
        return bring(new Waiting.Input(input));
    }

    private boolean bring(Waiting arrival) {
        if (!arrivals.begin()) {
            return false;
        }
        post(() -> {
            arrivals.end();
            waiting.add(arrival);
            pump();
        });
        return true;
    }

    /** Time has passed; about once a second. */
    void tick() {
        post(this::onTick);
    }

    /** Stores what is to be stored, gives the room back and closes its sockets so that their clients connect again. */
    CompletionStage<Void> shutDown() {
        post(() -> {
            shuttingDown = true;
            pump();
        });
        return end;
    }

    /** Lets go of the room at once, with what is not stored of it; its clients connect again. For any thread. */
    void drop() {
        doomed = true; // what is in the mailbox already comes too late
        post(() -> drop("this node has to let go of its rooms"));
    }

    /**
     * Puts the room away as soon as all is stored: its clients connect again, and it is loaded anew. Ends with whether it was
     * open: one that has been put away just now was not, nor was one that has turned out not to be.
     */
    CompletionStage<Boolean> unload() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        if (!bring(new Waiting.End(roomId, Waiting.End.Kind.UNLOAD, answer))) {
            answer.complete(false);
        }
        return answer;
    }

    /** Takes the room to another node; ends with whether it has gone there. A room that is not open goes nowhere. */
    CompletionStage<Boolean> move(Removal removal) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        // Whatever the host ends of, nobody waits for ever; behind the answer of one that ends because the room has
        // gone.
        var _ = end.thenRun(() -> mailbox.submit(() -> answer.complete(false)));
        post(() -> {
            // Who speaks the schema that the room was opened with would be taken there for somebody who speaks the next
            // one.
            if (stage instanceof Stage.Active(RoomLife life) && life.isOfCurrentSchema()) {
                removal.hold(life.farAway()).whenComplete((held, error) -> {
                    if (error != null || !bring(new Waiting.Move(roomId, removal, answer))) {
                        answer.complete(false);
                    }
                });
            } else {
                answer.complete(false);
            }
        });
        return answer;
    }

    /** Deletes the room for good, with all that is stored of it; who is in it is refused. */
    CompletionStage<Boolean> delete() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        return bring(new Waiting.End(roomId, Waiting.End.Kind.DELETE, answer)) ? answer : services.deleteStored(roomId);
    }

    /** A bug, or a damaged record: what it has left behind is unknown, and such a room is not to be trusted. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                fail("an input could not be handled", e);
            }
        };
    }

    private void post(Runnable task) {
        mailbox.submit(guarded(task));
    }

    // ---- what comes in

    /** Goes on with what waits, as far as it may. */
    private void pump() {
        if (stage instanceof Stage.Asleep) {
            wakeUp();
        }
        while (stage instanceof Stage.Active(RoomLife life)) {
            if (shuttingDown) {
                settle(life, "the server shuts down", Optional.empty());
            } else if (!life.takesInput()) {
                return;
            } else if (!handleNext(life)) {
                return;
            }
        }
        if (stage instanceof Stage.Ended) {
            dropWaiting();
        }
    }

    /** Handles one of those that wait; false when there is none, or when it is not the place for it. */
    private boolean handleNext(RoomLife life) {
        Waiting next = waiting.peek();
        if (next != null && next.isLong() && !mailbox.isInBackground()) {
            makeWay();
            return false;
        }
        switch (waiting.poll()) {
            case Waiting.Input(RoomInput input) -> apply(life, input);
            case Waiting.Move(var ignored, Removal removal, var answer) -> {
                state = state.to(HostState.DRAINING);
                Stage.Leaving leaving = new Stage.Leaving(life, removal, answer);
                stage = leaving;
                leaveIfStored(leaving);
            }
            case Waiting.End(var ignored, Waiting.End.Kind kind, var answer) -> {
                switch (kind) {
                    case UNLOAD -> settle(life, "an operator has it unloaded", Optional.of(answer));
                    case DELETE -> delete(Optional.of(life), answer);
                }
            }
            case null -> {
                if (!life.isDone()) {
                    return false;
                }
                settle(life, "nobody is in it but an operator", Optional.empty());
            }
        }
        return true;
    }

    private void makeWay() {
        if (!makingWay) {
            makingWay = true;
            mailbox.submitLong(guarded(() -> {
                makingWay = false;
                pump();
            }));
        }
    }

    private void apply(RoomLife life, RoomInput input) {
        long now = services.clock().millis();
        if (doomed || !services.lease().isHeld(now)) {
            input.dropped();
            drop("this node may have been taken for gone");
            return;
        }
        life.apply(input, now);
        sessions = life.sessions();
    }

    /** Nothing is open. What an operator wants to end, or only to read, is not opened for that. */
    private void wakeUp() {
        for (Waiting next = waiting.peek(); next != null && !next.opensRoom(); next = waiting.peek()) {
            waiting.remove();
            switch (next) {
                case Waiting.Input(RoomInput input) -> input.notOpen();
                case Waiting.Move move -> move.dropped();
                case Waiting.End(var ignored, Waiting.End.Kind kind, var answer) -> {
                    switch (kind) {
                        case UNLOAD -> answer.complete(false);
                        case DELETE -> {
                            delete(Optional.empty(), answer);
                            return;
                        }
                    }
                }
            }
        }
        if (shuttingDown || (waiting.isEmpty() && arrivals.closeIfNobodyComes())) {
            end(HostState.CLOSED);
        } else if (!waiting.isEmpty()) {
            open();
        }
    }

    private void onTick() {
        long now = services.clock().millis();
        switch (stage) {
            case Stage.Opening(Stage.Handover handover) -> watch(handover, now);
            case Stage.Returning(Stage.Handover handover, var ignored) -> watch(handover, now);
            case Stage.Settling(RoomLife life, var ignored, var asked) -> life.watchCommits(now);
            case Stage.Leaving(RoomLife life, var ignored, var answer) -> life.watchCommits(now);
            case Stage.Following(Stage.Handover handover, var ignored) -> watch(handover, now);
            case Stage.Active(RoomLife life) -> tick(life, now);
            case Stage.Asleep ignored -> pump();
            case Stage.Preparing ignored -> {
                // it takes as long as it takes
            }
            case Stage.Ended ignored -> {
                // nothing is left to be done
            }
        }
    }

    private void tick(RoomLife life, long now) {
        life.watchCommits(now);
        if (isActive(life)) {
            apply(life, (room, time) -> room.tick(time, services.clock().wall().toEpochMilli()));
        }
        if (isActive(life) && waiting.isEmpty() && life.isLongEmpty(now)) {
            settle(life, "nobody is in it", Optional.empty());
        }
    }

    /** The next turn of what a room does in turns, behind what has come meanwhile. */
    private void work() {
        if (stage instanceof Stage.Active(RoomLife life)) {
            apply(life, Room::work);
            pump();
        }
    }

    private boolean isActive(RoomLife life) {
        return stage instanceof Stage.Active(RoomLife active) && active == life;
    }

    // ---- opening

    private void open() {
        long begun = System.nanoTime();
        Stage.Handover opening = handOver(() -> {
            observer.storeFailed(HostObserver.StoreOperation.OPEN);
            fail("the store has not answered within " + services.settings().commitTimeout(), null);
        });
        stage = new Stage.Opening(opening);
        answered(services.store().open(roomId), (answer, error) -> {
            if (stage instanceof Stage.Opening(var current) && current == opening) {
                switch (answer) {
                    case OpenedRoom opened -> {
                        observer.ownership(HostObserver.OwnershipChange.TAKEN);
                        opened(opened, begun);
                    }
                    case Opening.OwnedElsewhere(String nodeId) -> endBecauseOf(nodeId);
                    case null -> {
                        observer.storeFailed(HostObserver.StoreOperation.OPEN);
                        fail("it cannot be loaded", error);
                    }
                }
            }
        });
    }

    /** It is not ours to open. */
    private void endBecauseOf(String nodeId) {
        heldBy = nodeId;
        end(HostState.CLOSED);
    }

    private void opened(OpenedRoom opened, long begun) {
        stage = new Stage.Preparing();
        if (opened.snapshot().isPresent()) {
            services.background().execute(() -> prepare(opened, begun));
            return;
        }
        Optional<RoomInput> creator = waiting.stream()
                .filter(Waiting.Input.class::isInstance)
                .map(each -> ((Waiting.Input) each).input())
                .filter(RoomInput::createsRoom)
                .findFirst();
        if (creator.isEmpty()) {
            thereIsNoRoom(opened.ownership());
            return;
        }
        Optional<FirstContent> content = creator.get().firstContent();
        try {
            begin(
                    opened.ownership(),
                    content.isPresent()
                            ? services.loader().begin(content.get(), opened.clockFloor())
                            : services.loader()
                                    .load(Optional.empty(), opened.mayHaveLostCommits(), opened.clockFloor()),
                    true,
                    begun);
        } catch (MigrationException e) {
            fail("a new room cannot be made", e);
        }
    }

    /** Makes the room of what is stored. That may take long, and no other room shall wait for it. */
    private void prepare(OpenedRoom opened, long begun) {
        RoomLoader.Loaded loaded;
        try {
            loaded = services.loader().load(opened.snapshot(), opened.mayHaveLostCommits(), opened.clockFloor());
        } catch (MigrationException | RuntimeException | Error e) {
            post(() -> fail("what is stored of it cannot be used", e));
            return;
        }
        post(() -> {
            if (stage instanceof Stage.Preparing) {
                begin(opened.ownership(), loaded, false, begun);
            }
        });
    }

    private void begin(Ownership ownership, RoomLoader.Loaded loaded, boolean isNew, long begun) {
        observer.roomLoaded(System.nanoTime() - begun);
        state = state.to(HostState.ACTIVE);
        RoomLife life = new RoomLife(
                roomId,
                ownership,
                loaded,
                gates.get(),
                services,
                mailbox,
                this::stored,
                () -> post(this::work),
                this::submit,
                why -> fail(why, null));
        stage = new Stage.Active(life);
        saidToBeOpen = true;
        roomObserver.opened(roomId, life.documentClock(), isNew);
        pump();
    }

    private void sayThatItIsClosed() {
        if (saidToBeOpen) {
            saidToBeOpen = false;
            roomObserver.closed(roomId);
        }
    }

    private void thereIsNoRoom(Ownership ownership) {
        Queue<Waiting> ends = new ArrayDeque<>();
        for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
            switch (each) {
                case Waiting.Input(RoomInput input) -> input.noRoom();
                case Waiting.End end -> ends.add(end);
                case Waiting.Move move -> move.dropped();
            }
        }
        waiting.addAll(ends);
        state = state.to(HostState.DRAINING);
        release(ownership, Optional.empty());
    }

    private void stored() {
        switch (stage) {
            case Stage.Settling settling -> putAwayIfStored(settling);
            case Stage.Leaving leaving -> leaveIfStored(leaving);
            default -> pump();
        }
    }

    // ---- putting away

    private void settle(RoomLife life, String why, Optional<CompletableFuture<Boolean>> asked) {
        state = state.to(HostState.DRAINING);
        Stage.Settling settling = new Stage.Settling(life, why, asked);
        stage = settling;
        putAwayIfStored(settling);
    }

    private void putAwayIfStored(Stage.Settling settling) {
        if (settling.life().isStored()) {
            settling.life().close(settling.why());
            release(settling.life().ownership(), settling.asked());
        }
    }

    private void release(Ownership ownership, Optional<CompletableFuture<Boolean>> asked) {
        Stage.Handover giving = handOver(() -> {
            observer.storeFailed(HostObserver.StoreOperation.RELEASE);
            log.warn(
                    "room {}: the store has not taken it back within {}",
                    roomId,
                    services.settings().commitTimeout());
            putAway(asked);
        });
        stage = new Stage.Returning(giving, () -> asked.ifPresent(answer -> answer.complete(true)));
        answered(services.store().release(roomId, ownership), (done, error) -> {
            if (isReturning(giving)) {
                if (error != null) {
                    observer.storeFailed(HostObserver.StoreOperation.RELEASE);
                    log.warn("room {}: could not be given back", roomId, error);
                } else {
                    observer.ownership(HostObserver.OwnershipChange.RELEASED);
                }
                putAway(asked);
            }
        });
    }

    // ---- moving to another node

    private void leaveIfStored(Stage.Leaving leaving) {
        RoomLife life = leaving.life();
        if (!life.isStored()) {
            return;
        }
        Removal removal = leaving.removal();
        List<Passenger> passengers = life.leave();
        List<Relay.FarOutlet> goOn = life.farAway();
        long clock = life.documentClock();
        life.forget();
        Runnable forsake = () -> {
            log.warn("room {}: has not gone to node {} with its sessions", roomId, removal.successor());
            goOn.forEach(each -> each.close(CloseCodes.SERVICE_RESTART, ""));
            leaving.answer().complete(false);
        };
        // To nobody, or it would be kept for a successor that does not want it.
        Runnable notGone = () -> {
            forsake.run();
            release(life.ownership(), Optional.empty());
        };
        Stage.Handover giving = handOver(notGone);
        stage = new Stage.Following(giving, forsake);
        answered(
                services.store().release(roomId, life.ownership(), Optional.of(removal.successor())), (done, error) -> {
                    if (!isFollowing(giving)) {
                        return;
                    }
                    if (error != null) {
                        observer.storeFailed(HostObserver.StoreOperation.RELEASE);
                        notGone.run();
                        return;
                    }
                    answered(removal.bring(passengers), (isOpen, failed) -> {
                        if (!isFollowing(giving)) {
                            return;
                        }
                        if (failed == null && Boolean.TRUE.equals(isOpen)) {
                            log.info(
                                    "room {}: has gone to node {}, with {} sessions",
                                    roomId,
                                    removal.successor(),
                                    goOn.size());
                            observer.ownership(HostObserver.OwnershipChange.RELEASED);
                            removal.goOn(goOn, clock);
                            leaveDeletingTo(removal.successor());
                            putAway(Optional.of(leaving.answer()));
                        } else {
                            notGone.run();
                        }
                    });
                });
    }

    /** Whoever wants the room to be deleted has to ask the node that has it: those who are in it can be told only there. */
    private void leaveDeletingTo(String nodeId) {
        waiting.removeIf(each -> {
            boolean deletes =
                    each instanceof Waiting.End(var ignored, var kind, var answer) && kind == Waiting.End.Kind.DELETE;
            if (deletes) {
                each.elsewhere(nodeId);
            }
            return deletes;
        });
    }

    private boolean isFollowing(Stage.Handover handover) {
        return stage instanceof Stage.Following(var current, var ignored) && current == handover;
    }

    private boolean isReturning(Stage.Handover handover) {
        return stage instanceof Stage.Returning(var current, var ignored) && current == handover;
    }

    /** Nobody is told anything before the store has forgotten the room. */
    private void delete(Optional<RoomLife> life, CompletableFuture<Boolean> answer) {
        state = state.to(HostState.DRAINING);
        life.ifPresent(RoomLife::stopCommits);
        Runnable unknown = () -> {
            answer.completeExceptionally(new RoomCommandException.Unavailable(
                    "The store has not deleted the room " + roomId + ", or has not said so"));
            life.ifPresent(each -> each.giveUp("it could not be deleted"));
        };
        Stage.Handover deleting = handOver(() -> {
            observer.storeFailed(HostObserver.StoreOperation.DELETE);
            fail("it could not be deleted", null);
        });
        stage = new Stage.Returning(deleting, unknown);
        answered(services.store().delete(roomId), (existed, error) -> {
            if (isReturning(deleting)) {
                if (existed == null) {
                    observer.storeFailed(HostObserver.StoreOperation.DELETE);
                    fail("it could not be deleted", error);
                } else {
                    log.info("room {}: deleted", roomId);
                    life.ifPresent(RoomLife::dissolve);
                    if (existed) {
                        roomObserver.deleted(roomId);
                    }
                    answer.complete(existed);
                    putAway(Optional.empty());
                }
            }
        });
    }

    /** Who has asked for it is answered last: where it looks for the room next, it is not here any more. */
    private void putAway(Optional<CompletableFuture<Boolean>> asked) {
        sessions = 0;
        state = state.to(HostState.LOADING);
        stage = Stage.Asleep.INSTANCE;
        sayThatItIsClosed();
        try {
            wakeUp();
        } finally {
            asked.ifPresent(answer -> answer.complete(true));
        }
    }

    private Stage.Handover handOver(Runnable whenOverdue) {
        return new Stage.Handover(services.clock().millis(), whenOverdue);
    }

    private void watch(Stage.Handover handover, long now) {
        if (now - handover.startedAt() > services.settings().commitTimeout().toMillis()) {
            handover.whenOverdue().run();
        }
    }

    /** What the store answers is dealt with in the mailbox. */
    private <T> void answered(CompletionStage<T> answer, BiConsumer<@Nullable T, @Nullable Throwable> then) {
        answer.whenComplete((result, error) -> post(() -> then.accept(result, error)));
    }

    // ---- the end

    /** Doubt means discard: clients keep what was not acknowledged and push it again to whoever opens the room next. */
    private void fail(String why, @Nullable Throwable error) {
        if (stage instanceof Stage.Ended) {
            return;
        }
        Throwable cause = unwrapped(error);
        if (cause instanceof StoreException || cause instanceof MigrationException) {
            log.error("room {}: given up, because {}: {}", roomId, why, cause.getMessage());
            log.debug("room {}: what it has run into", roomId, cause);
        } else {
            log.error("room {}: given up, because {}", roomId, why, error);
        }
        observer.roomFailed();
        try {
            giveUp(why);
        } finally {
            end(HostState.FAILED);
        }
    }

    /** What stores and migrations say of themselves is meant for operators, and needs no stack trace. */
    private static @Nullable Throwable unwrapped(@Nullable Throwable error) {
        return error instanceof CompletionException wrapped ? wrapped.getCause() : error;
    }

    /** As with a failure, but everybody here has the same one, and it is told elsewhere. */
    private void drop(String why) {
        if (!(stage instanceof Stage.Ended)) {
            log.debug("room {}: dropped, because {}", roomId, why);
            try {
                giveUp(why);
            } finally {
                end(HostState.FAILED);
            }
        }
    }

    private void giveUp(String why) {
        switch (stage) {
            case Stage.Active(RoomLife life) -> life.giveUp(why);
            case Stage.Settling(RoomLife life, var ignored, var asked) -> {
                life.giveUp(why);
                asked.ifPresent(answer -> answer.completeExceptionally(
                        new RoomCommandException.Unavailable("The room " + roomId + " was given up")));
            }
            case Stage.Leaving(RoomLife life, var ignored, var answer) -> {
                life.giveUp(why);
                answer.complete(false);
            }
            case Stage.Following(var ignored, Runnable whenDropped) -> whenDropped.run();
            case Stage.Asleep ignored -> {
                // there is no life
            }
            case Stage.Opening ignored -> {
                // no life yet
            }
            case Stage.Preparing ignored -> {
                // no life yet
            }
            case Stage.Returning(var ignored, Runnable whenDropped) -> whenDropped.run();
            case Stage.Ended ignored -> {
                // no life any more
            }
        }
    }

    private void end(HostState finalState) {
        if (finalState == HostState.CLOSED && state == HostState.LOADING) {
            state = state.to(HostState.DRAINING);
        }
        state = state.to(finalState);
        stage = Stage.Ended.INSTANCE;
        arrivals.close();
        sessions = 0;
        sayThatItIsClosed();
        dropWaiting();
        end.complete(null);
    }

    /** Those too who were on the way while it ended. */
    private void dropWaiting() {
        for (Waiting each = waiting.poll(); each != null; each = waiting.poll()) {
            if (heldBy == null) {
                each.dropped();
            } else {
                each.elsewhere(heldBy);
            }
        }
    }
}
