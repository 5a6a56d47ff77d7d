package dev.drawbridge.host;

import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.Connection;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.Passenger;
import dev.drawbridge.room.Room;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.SessionInfo;
import dev.drawbridge.store.Ownership;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One life of a room, from its loading to its end: the room, the right to write it, and what of it is not stored yet. Used
 * in the room's mailbox only. Whoever goes on after its end does so with another life.
 */
final class RoomLife {
    private final Ownership ownership;
    private final Room room;
    private final CommitGate gate;
    private final RoomCommits commits;
    private final Delivery delivery;
    private final HostSettings settings;
    private final RoomLoader loader;
    private final ByteBudget held;
    private final Runnable whenStored;
    private final Runnable whenMoreWork;
    private long accounted;
    private boolean visited;
    private long emptySince;

    /**
     * @param loaded the room; what has to be stored first is stored before anybody is told anything
     * @param whenStored is run after each commit
     * @param whenMoreWork is run when the room has work that it does in turns
     * @param inputs takes what is to come to the room later, from any thread
     * @param whenHopeless takes the reason why the room has to be given up
     */
    RoomLife(
            String roomId,
            Ownership ownership,
            RoomLoader.Loaded loaded,
            CommitGate gate,
            RoomServices services,
            Mailbox mailbox,
            Runnable whenStored,
            Runnable whenMoreWork,
            Consumer<RoomInput> inputs,
            Consumer<String> whenHopeless) {
        this.ownership = ownership;
        this.room = loaded.room();
        this.gate = gate;
        this.commits = new RoomCommits(roomId, ownership, services, gate, mailbox, this::stored, whenHopeless);
        this.settings = services.settings();
        this.loader = services.loader();
        this.held = services.memory().held();
        this.whenStored = whenStored;
        this.whenMoreWork = whenMoreWork;
        this.emptySince = services.clock().millis();
        this.delivery = new Delivery(
                roomId,
                services.observer(),
                services.roomObserver(),
                services.memory().outgoing(),
                () -> {
                    emptySince = services.clock().millis();
                    services.roomObserver().emptied(roomId);
                },
                new Inquiry(roomId, room, settings.authority(), inputs)::ask);
        loaded.firstChange().ifPresent(change -> take(List.of(new Effect.Changed(change))));
    }

    Ownership ownership() {
        return ownership;
    }

    int sessions() {
        return room.sessionCount();
    }

    /** Whether it takes more in: not while too much waits for the store, here or at the whole node. */
    boolean takesInput() {
        long own = gate.heldBytes();
        return own == 0 || (own <= settings.maxHeldBytes() && !held.isExceeded());
    }

    void apply(RoomInput input, long now) {
        visited |= input.isVisit();
        take(input.applyTo(room, now));
    }

    private void take(List<Effect> effects) {
        List<Effect> forOthers = new ArrayList<>(effects);
        boolean moreWork = forOthers.removeIf(Effect.MoreWork.class::isInstance);
        delivery.deliver(commits.pass(forOthers));
        commits.next();
        account();
        if (moreWork) {
            whenMoreWork.run();
        }
    }

    private void stored(List<Effect> released) {
        delivery.deliver(released);
        take(List.of());
        whenStored.run();
    }

    private void account() {
        held.add(gate.heldBytes() - accounted);
        accounted = gate.heldBytes();
    }

    /** Time has passed: a failed commit is tried again, and one that takes too long is given up, with the room. */
    void watchCommits(long now) {
        commits.watch(now);
    }

    /** Whether all is stored. */
    boolean isStored() {
        return gate.isIdle();
    }

    /** Whether nobody is in it, and all is stored. */
    boolean isIdle() {
        return room.isEmpty() && gate.isIdle();
    }

    /** Whether it was opened only for an operator, who has got what he wanted: it need not stay. */
    boolean isDone() {
        return !visited && isIdle();
    }

    /** Whether nobody has been in it for so long that it is to be put away. */
    boolean isLongEmpty(long now) {
        return isIdle() && now - emptySince >= settings.unloadAfter().toMillis();
    }

    /** Those whose sockets are at other nodes. */
    List<Relay.FarOutlet> farAway() {
        return room.sessions().stream()
                .filter(session -> session.state() == SessionInfo.State.CONNECTED)
                .flatMap(session -> outlet(session.connection()).stream())
                .toList();
    }

    private static Optional<Relay.FarOutlet> outlet(Connection connection) {
        return connection instanceof Recipient recipient && recipient.outlet() instanceof Relay.FarOutlet outlet
                ? Optional.of(outlet)
                : Optional.empty();
    }

    /** Takes leave of all who cannot go with the room; returns those who do. */
    List<Passenger> leave() {
        delivery.deliver(
                room.leaveBehind(
                        connection -> !outlet(connection)
                                .map(Relay.FarOutlet::isQuiet)
                                .orElse(false),
                        "the room moves to another node"),
                CloseCodes.SERVICE_RESTART);
        return room.passengers();
    }

    long documentClock() {
        return room.documentClock();
    }

    /** Whether it was opened with what rooms are opened with now. */
    boolean isOfCurrentSchema() {
        return loader.isCurrent(room);
    }

    /** The end, all being stored: clients connect again. */
    void close(String why) {
        delivery.closeAll(room.close(why), CloseCodes.SERVICE_RESTART);
        forget();
    }

    /** What is not stored yet needs not be; who waits for it is closed. Nobody else is told anything yet. */
    void stopCommits() {
        commits.forget();
        delivery.closeAll(gate.abandon(), CloseCodes.TRY_AGAIN_LATER);
        forget();
    }

    /** The end: the room was deleted. */
    void dissolve() {
        delivery.deliver(room.dissolve(RefusalReason.NOT_FOUND, "the room was deleted"));
    }

    /** The end, with all that is not stored. The room knows nothing any more of a socket whose close waits in the gate. */
    void giveUp(String why) {
        stopCommits();
        delivery.closeAll(room.close(why), CloseCodes.TRY_AGAIN_LATER);
    }

    /** Nothing is stored any more, and nobody is told of changes. */
    void forget() {
        commits.forget();
        delivery.end();
        account();
    }
}
