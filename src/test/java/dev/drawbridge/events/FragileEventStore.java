package dev.drawbridge.events;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A store in memory that fails when a test wants it to, and remembers all that was told. */
final class FragileEventStore {
    /** The node of those events that stand for rooms which were made known. */
    static final String KNOWN = "known";

    final MemoryEventStore store;
    final List<FiledEvent> log = new ArrayList<>();

    /** How many of the next calls fail without having done anything. */
    int failing;

    /** How many of the next appends happen and seem to fail. */
    int lostReplies;

    /** With what the next append fails, as no store should. */
    @Nullable
    RuntimeException broken;

    /** Sees what is to be appended. */
    Consumer<RoomEvent> watch = event -> {};

    FragileEventStore(InstantSource clock) {
        this.store = new MemoryEventStore("0123abcd", new EventStore.Kept(1_000_000, 1L << 30), clock);
    }

    /** The store as it is used. */
    EventStore front() {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(),
                new Class<?>[] {EventStore.class},
                (proxy, method, arguments) -> call(method, arguments == null ? new Object[0] : arguments));
    }

    private @Nullable Object call(Method method, Object[] arguments) throws Throwable {
        if (failing > 0) {
            failing--;
            throw new EventStoreException("is away", null);
        }
        RuntimeException bug = broken;
        if (method.getName().equals("append") && bug != null) {
            broken = null;
            throw bug;
        }
        if (method.getName().equals("append")) {
            ((List<?>) arguments[0]).forEach(event -> watch.accept((RoomEvent) event));
        } else if (method.getName().equals("know")) {
            know((Map<?, ?>) arguments[0]);
        }
        Object answer = pass(method, arguments);
        if (answer instanceof EventStore.Appended appended) {
            log.addAll(appended.filed());
            if (lostReplies > 0) {
                lostReplies--;
                throw new EventStoreException("has not answered", null);
            }
        }
        return answer;
    }

    private @Nullable Object pass(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void know(Map<?, ?> clocks) {
        Map<String, Long> unknown = new HashMap<>();
        clocks.forEach((room, clock) -> unknown.put((String) room, (Long) clock));
        unknown.keySet().removeAll(store.stories(unknown.keySet()).keySet());
        unknown.forEach((room, clock) -> log.add(
                new FiledEvent(store.last(), new RoomEvent(room, Instant.EPOCH, KNOWN, new Happening.Created(clock)))));
    }
}
