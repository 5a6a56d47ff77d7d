package dev.drawbridge.host;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.room.Author;
import dev.drawbridge.room.SessionInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several, and keeps from rooms what these throw: no room is to end because somebody has looked at it. */
final class RoomObservers implements RoomObserver {
    private static final Logger log = LoggerFactory.getLogger(RoomObservers.class);

    private final List<Guarded> observers;

    RoomObservers(List<? extends RoomObserver> observers) {
        this.observers = observers.stream()
                .map(each -> new Guarded(each, new AtomicBoolean()))
                .toList();
    }

    static RoomObserver guarded(RoomObserver observer) {
        return observer instanceof RoomObservers ? observer : new RoomObservers(List.of(observer));
    }

    /** @param logged whether the log has its line: it may throw with every change */
    private record Guarded(RoomObserver observer, AtomicBoolean logged) {

        void tell(String roomId, Consumer<RoomObserver> what) {
            try {
                what.accept(observer);
            } catch (RuntimeException e) {
                if (logged.compareAndSet(false, true)) {
                    log.error(
                            "room {}: an observer has thrown; it is told on, and what else it throws is not logged",
                            roomId,
                            e);
                }
            }
        }
    }

    private void tell(String roomId, Consumer<RoomObserver> what) {
        for (Guarded each : observers) {
            each.tell(roomId, what);
        }
    }

    @Override
    public void opened(String roomId, long documentClock, boolean isNew) {
        tell(roomId, each -> each.opened(roomId, documentClock, isNew));
    }

    @Override
    public void changed(String roomId, Optional<Author> author, StoredChange change) {
        tell(roomId, each -> each.changed(roomId, author, change));
    }

    @Override
    public void joined(String roomId, SessionInfo session) {
        tell(roomId, each -> each.joined(roomId, session));
    }

    @Override
    public void left(String roomId, String sessionId) {
        tell(roomId, each -> each.left(roomId, sessionId));
    }

    @Override
    public void limitHit(String roomId, Limit limit) {
        tell(roomId, each -> each.limitHit(roomId, limit));
    }

    @Override
    public void emptied(String roomId) {
        tell(roomId, each -> each.emptied(roomId));
    }

    @Override
    public void closed(String roomId) {
        tell(roomId, each -> each.closed(roomId));
    }

    @Override
    public void deleted(String roomId) {
        tell(roomId, each -> each.deleted(roomId));
    }
}
