package dev.drawbridge.host;

import dev.drawbridge.protocol.DataEvent;
import dev.drawbridge.protocol.RefusalReason;
import dev.drawbridge.room.Connection;
import dev.drawbridge.room.Effect;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out a room's effects: each message is encoded once and given to all who receive it. */
final class Delivery {
    private static final Logger log = LoggerFactory.getLogger(Delivery.class);

    private final String roomId;
    private final InstantSource clock;
    private long emptySince;

    Delivery(String roomId, InstantSource clock) {
        this.roomId = roomId;
        this.clock = clock;
    }

    void deliver(List<Effect> effects) {
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Send send -> send(send);
                case Effect.Broadcast broadcast -> broadcast(broadcast);
                case Effect.Close close -> close(close, CloseCodes.NORMAL);
                case Effect.SessionRemoved(String sessionId) ->
                    log.debug("room {}, session {}: removed", roomId, sessionId);
                case Effect.RoomBecameEmpty ignored -> roomIsEmpty();
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
            if (effect instanceof Effect.Close(Connection connection, var ignored, String why)) {
                close(new Effect.Close(connection, Optional.empty(), why), retriableCode);
            }
        }
    }

    void roomIsEmpty() {
        emptySince = clock.millis();
    }

    /** Since when, in milliseconds, nobody is in the room. */
    long emptySince() {
        return emptySince;
    }

    private static void send(Effect.Send send) {
        Recipient recipient = recipient(send.to());
        if (send.message() instanceof DataEvent event) {
            recipient.data(event.encode());
        } else {
            recipient.message(send.message());
        }
    }

    private static void broadcast(Effect.Broadcast broadcast) {
        byte[] encoded = broadcast.event().encode();
        for (Connection to : broadcast.to()) {
            if (to != broadcast.except()) {
                recipient(to).data(encoded);
            }
        }
    }

    private void close(Effect.Close close, int retriableCode) {
        Recipient recipient = recipient(close.connection());
        Optional<RefusalReason> refusal = close.refusal();
        if (refusal.isPresent()) {
            log.warn("room {}, session {}: {}: {}", roomId, recipient.sessionId(), refusal.get(), close.why());
        } else {
            log.debug("room {}, session {}: closed: {}", roomId, recipient.sessionId(), close.why());
        }
        recipient.close(refusal, retriableCode);
    }

    /** A room gives back the connections that its host has handed in. */
    private static Recipient recipient(Connection connection) {
        return (Recipient) connection;
    }
}
