package dev.drawbridge.web;

import dev.drawbridge.store.RoomStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** Stands before the real store and answers {@code ping} in its place. */
final class BreakableStore implements BeanPostProcessor {
    private final AtomicReference<Supplier<CompletionStage<Void>>> answer = new AtomicReference<>();
    private final AtomicInteger pings = new AtomicInteger();

    BreakableStore() {
        works();
    }

    void works() {
        answer.set(() -> CompletableFuture.completedFuture(null));
    }

    void fails() {
        answer.set(() -> CompletableFuture.failedFuture(new IllegalStateException("redis://:secret@example.org")));
    }

    void saysNothing() {
        answer.set(CompletableFuture::new);
    }

    int pings() {
        return pings.get();
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof RoomStore store ? before(store) : bean;
    }

    private RoomStore before(RoomStore store) {
        return (RoomStore) Proxy.newProxyInstance(
                RoomStore.class.getClassLoader(), new Class<?>[] {RoomStore.class}, (_, method, arguments) -> {
                    if (method.getName().equals("ping")) {
                        pings.incrementAndGet();
                        return answer.get().get();
                    }
                    return call(store, method, arguments);
                });
    }

    private static @Nullable Object call(
            RoomStore store, java.lang.reflect.Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }
}
