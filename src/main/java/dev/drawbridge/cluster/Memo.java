package dev.drawbridge.cluster;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first needed. */
final class Memo<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    private Memo(Supplier<T> maker) {
        this.maker = maker;
    }

    static <T> Memo<T> of(Supplier<T> maker) {
        return new Memo<>(maker);
    }

    @Override
    public synchronized T get() {
        T known = made;
        if (known == null) {
            known = maker.get();
            made = known;
        }
        return known;
    }
}
