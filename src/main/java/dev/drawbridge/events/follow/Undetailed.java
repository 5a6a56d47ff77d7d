package dev.drawbridge.events.follow;

import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.RoomEvent;
import java.util.Optional;

/** An event without the records that have changed: they may be large, are there for some webhooks, and are in the room. */
final class Undetailed {

    private Undetailed() {}

    static FiledEvent of(FiledEvent filed) {
        RoomEvent event = filed.event();
        if (!(event.what() instanceof Changed changed) || changed.diff().isEmpty()) {
            return filed;
        }
        Changed less = new Changed(changed.since(), changed.clock(), changed.counts(), changed.by(), Optional.empty());
        return new FiledEvent(filed.id(), new RoomEvent(event.roomId(), event.time(), event.node(), less));
    }
}
