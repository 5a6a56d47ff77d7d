package dev.drawbridge.events;

import dev.drawbridge.events.EventStore.Appended;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has this node's events written down, one lot after the other, and tells who listens. For threads that may wait.
 */
public final class Filing {
    private static final Logger log = LoggerFactory.getLogger(Filing.class);

    private final EventStore store;
    private final EventQueues queues;
    private final Supplier<Stream<AppendListener>> listeners;
    private final EventsObserver observer;
    private final ReentrantLock turn = new ReentrantLock();
    private final Set<String> full = ConcurrentHashMap.newKeySet();

    /** @param listeners is asked each time: they need not be there yet when this is made */
    public Filing(
            EventStore store, EventQueues queues, Supplier<Stream<AppendListener>> listeners, EventsObserver observer) {
        this.store = store;
        this.queues = queues;
        this.listeners = listeners;
        this.observer = observer;
    }

    /** Finds out what is to be written down, while nobody else here writes anything. */
    @FunctionalInterface
    interface Source {
        List<RoomEvent> events() throws EventStoreException;
    }

    /** Returns those that are in the log now. */
    List<FiledEvent> file(Source source) throws EventStoreException {
        turn.lock();
        try {
            List<RoomEvent> events = source.events();
            if (events.isEmpty()) {
                return List.of();
            }
            Appended appended = store.append(events, queues.all());
            appended.filed().forEach(each -> observer.filed(each.event().what().type()));
            appended.buried().forEach(this::buried);
            appended.forgotten().forEach(this::forgotten);
            full.retainAll(appended.buried().keySet());
            if (!appended.filed().isEmpty()) {
                listeners.get().forEach(listener -> tell(listener, appended.filed()));
            }
            return appended.filed();
        } finally {
            turn.unlock();
        }
    }

    private static void tell(AppendListener listener, List<FiledEvent> events) {
        try {
            listener.appended(events);
        } catch (RuntimeException e) {
            log.error("Events are written down, but who listens could not be told", e);
        }
    }

    private void buried(String queue, int events) {
        if (events > 0) {
            observer.buried(queue, events);
            if (full.add(queue)) {
                log.warn("The queue of events for {} is full: what does not fit in becomes dead letters", queue);
            }
        }
    }

    private void forgotten(String queue, int letters) {
        if (letters > 0) {
            observer.forgotten(queue, letters);
            log.warn("There are too many dead letters for {}: {} of them, the oldest, are gone", queue, letters);
        }
    }
}
