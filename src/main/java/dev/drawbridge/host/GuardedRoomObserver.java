package dev.drawbridge.host;

import dev.drawbridge.room.Author;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps from rooms what an observer throws: no room is to end because somebody has looked at it. */
final class GuardedRoomObserver implements RoomObserver {
    private static final Logger log = LoggerFactory.getLogger(GuardedRoomObserver.class);

    private final RoomObserver observer;
    private final AtomicBoolean logged = new AtomicBoolean();

    GuardedRoomObserver(RoomObserver observer) {
        this.observer = observer;
    }

    @Override
    public void opened(String roomId, long documentClock) {
        try {
            observer.opened(roomId, documentClock);
        } catch (RuntimeException e) {
            failed(roomId, e);
        }
    }

    @Override
    public void changed(String roomId, Optional<Author> author, long documentClock) {
        try {
            observer.changed(roomId, author, documentClock);
        } catch (RuntimeException e) {
            failed(roomId, e);
        }
    }

    @Override
    public void emptied(String roomId) {
        try {
            observer.emptied(roomId);
        } catch (RuntimeException e) {
            failed(roomId, e);
        }
    }

    @Override
    public void closed(String roomId) {
        try {
            observer.closed(roomId);
        } catch (RuntimeException e) {
            failed(roomId, e);
        }
    }

    /** It may do so with every change: the log has one line for it. */
    private void failed(String roomId, RuntimeException error) {
        if (logged.compareAndSet(false, true)) {
            log.error(
                    "room {}: an observer has thrown; it is told on, and what else it throws is not logged",
                    roomId,
                    error);
        }
    }
}
