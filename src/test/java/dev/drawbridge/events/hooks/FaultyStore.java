package dev.drawbridge.events.hooks;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store, as it is seen by a node for which things go wrong: before a call, or after it has happened. */
final class FaultyStore {

    private FaultyStore() {}

    /** What goes wrong. */
    interface Fault {
        /** Before a call; fails, or lets time pass, or does nothing. */
        void before(String call) throws EventStoreException;

        /** A call has happened. */
        void happened(String call, Object[] arguments, Object result);

        /** Nobody knows yet that a call has happened. */
        void after(String call) throws EventStoreException;
    }

    static EventStore of(EventStore store, Fault fault) {
        return (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(), new Class<?>[] {EventStore.class}, (proxy, method, arguments) -> {
                    fault.before(method.getName());
                    Object result;
                    try {
                        result = method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    fault.happened(method.getName(), arguments, result);
                    fault.after(method.getName());
                    return result;
                });
    }
}
