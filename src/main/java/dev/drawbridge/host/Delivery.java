package dev.drawbridge.host;

import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Connection;
import dev.drawbridge.room.Effect;
import dev.drawbridge.room.SessionInfo;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a room's effects: each message is encoded once and given to all who receive it. */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final String roomId;
    private final HostObserver observer;
    private final RoomObserver roomObserver;
    /** More than understand different things in an ordinary room. */
    private static final int MOST_AUDIENCES = 100;

    private final Map<Object, Listeners> listeners = new HashMap<>();
    private final Set<Limit> loggedLimits = EnumSet.noneOf(Limit.class);
    private final ByteBudget budget;
    private final Runnable whenEmpty;
    private final Consumer<Effect.Ask> questions;

    /**
     * @param budget what the events take that wait for sockets
     * @param whenEmpty is run when the last session has ended
     * @param questions takes what somebody else has to decide
     */
    Delivery(
            String roomId,
            HostObserver observer,
            RoomObserver roomObserver,
            ByteBudget budget,
            Runnable whenEmpty,
            Consumer<Effect.Ask> questions) {
        this.roomId = roomId;
        this.observer = observer;
        this.roomObserver = roomObserver;
        this.budget = budget;
        this.whenEmpty = whenEmpty;
        this.questions = questions;
    }

    void deliver(List<Effect> effects) {
        deliver(effects, CloseCodes.NORMAL);
    }

    /** @param retriableCode the close code of those that are closed and not refused */
    void deliver(List<Effect> effects, int retriableCode) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send send -> send(send);
                case Effect.Broadcast broadcast -> broadcast(broadcast);
                case Effect.Close(Connection connection, var refusal, String why) ->
                    recipient(connection).close(refusal, retriableCode, why);
                case Effect.SessionJoined(SessionInfo session) -> roomObserver.joined(roomId, session);
                case Effect.SessionRemoved(String sessionId) -> {
                    log.debug("room {}, session {}: removed", roomId, sessionId);
                    roomObserver.left(roomId, sessionId);
                }
                case Effect.LimitHit(Limit limit, String why) -> limitHit(limit, why);
                case Effect.Deferred deferred -> deferred.whenStored().run();
                case Effect.RoomBecameEmpty ignored -> whenEmpty.run();
                case Effect.Ask ask -> questions.accept(ask);
                case Effect.MoreWork ignored -> throw new IllegalStateException("work is the host's");
                case Effect.Changed ignored -> throw new IllegalStateException("the gate keeps changes to itself");
            }
        }
    }

    /**
     * Closes, so that their clients connect again, the sockets that a room would have closed or closes at its end. A
     * refusal among them may have come of what was never stored: it does not count.
     */
    void closeAll(List<Effect> effects, int retriableCode) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Close(Connection connection, var ignored, String why) ->
                    recipient(connection).close(Optional.empty(), retriableCode, why);
                case Effect.Deferred deferred -> deferred.whenLost().run();
                default -> {
                    // what is said to nobody need not be said
                }
            }
        }
    }

    private void send(Effect.Send send) {
        Recipient recipient = recipient(send.to());
        if (send.message() instanceof DataEvent event) {
            SharedEvent shared = new SharedEvent(event, budget);
            switch (event) {
                case DataEvent.PushResult result -> {
                    observer.pushAnswered(result.verdict());
                    recipient.data(shared);
                }
                // Patches for one client alone are for that only.
                case DataEvent.Patch ignored -> recipient.caughtUp(shared);
            }
        } else {
            recipient.message(send.message());
        }
    }

    private void broadcast(Effect.Broadcast broadcast) {
        Listeners those = listeners.get(broadcast.audience());
        if (those == null || !those.are(broadcast.to())) {
            those = Listeners.of(broadcast.to(), those);
            remember(broadcast.audience(), those);
        }
        those.tell(new SharedEvent(broadcast.event(), budget), broadcast.except());
    }

    /** Nobody is told anything any more. */
    void end() {
        listeners.values().forEach(Listeners::scatter);
        listeners.clear();
    }

    /** Audiences that have ended are not told of: now and then all are forgotten, and gathered again. */
    private void remember(Object audience, Listeners those) {
        listeners.put(audience, those);
        if (listeners.size() > MOST_AUDIENCES) {
            listeners.remove(audience);
            end();
            listeners.put(audience, those);
        }
    }

    /** Each is counted, but the log has one line for it: a room at its limit may hit it with every push. */
    private void limitHit(Limit limit, String why) {
        observer.limitHit(limit);
        roomObserver.limitHit(roomId, limit);
        if (loggedLimits.add(limit)) {
            log.warn("room {}: the limit {} was hit: {}", roomId, limit, why);
        }
    }

    /** A room gives back the connections that its host has handed in. */
    private static Recipient recipient(Connection connection) {
        return (Recipient) connection;
    }
}
