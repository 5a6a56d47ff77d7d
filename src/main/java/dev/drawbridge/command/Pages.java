package dev.drawbridge.command;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/** Ids that come page by page: no more than one page of them is there at a time. */
final class Pages implements Iterator<String> {
    private final Function<Optional<String>, Page> next;
    private Iterator<String> ids = List.<String>of().iterator();
    private Optional<String> after = Optional.empty();
    private boolean last;

    /** @param next where the next one begins; empty when this is the last */
    record Page(List<String> ids, Optional<String> next) {}

    private Pages(Function<Optional<String>, Page> next) {
        this.next = next;
    }

    static Iterable<String> of(Function<Optional<String>, Page> next) {
        return () -> new Pages(next);
    }

    @Override
    public boolean hasNext() {
        while (!ids.hasNext() && !last) {
            Page page = next.apply(after);
            ids = page.ids().iterator();
            after = page.next();
            last = after.isEmpty();
        }
        return ids.hasNext();
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return ids.next();
    }
}
