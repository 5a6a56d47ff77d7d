package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The newest events of the log without a gap, as many as there is room for. While nobody follows it has none, and no place. */
final class Ring {
    private final @Nullable Followed[] slots;
    private final long mostBytes;
    private int first;
    private int size;
    private long bytes;
    private @Nullable EventId before;
    private @Nullable EventId last;

    Ring(int mostEvents, long mostBytes) {
        this.slots = new Followed[mostEvents];
        this.mostBytes = mostBytes;
    }

    /**
     * What follows somewhere.
     *
     * @param upTo there is nothing but these events until there
     * @param more whether there is more
     */
    record Part(List<Followed> events, EventId upTo, boolean more) {}

    /** Empty from here on: what comes follows there. */
    synchronized void beginAt(EventId place) {
        clear();
        before = place;
        last = place;
    }

    synchronized void clear() {
        while (size > 0) {
            dropFirst();
        }
        before = null;
        last = null;
    }

    /** Where what comes will follow; empty when it has no place. */
    synchronized Optional<EventId> last() {
        return Optional.ofNullable(last);
    }

    /** @param upTo there is nothing but these events until there */
    synchronized void add(List<Followed> events, EventId upTo) {
        for (Followed event : events) {
            if (size == slots.length) {
                dropFirst();
            }
            slots[(first + size) % slots.length] = event;
            size++;
            bytes += event.json().length;
            while (bytes > mostBytes && size > 1) {
                dropFirst();
            }
        }
        last = upTo;
    }

    private void dropFirst() {
        Followed dropped = at(0);
        before = dropped.id();
        bytes -= dropped.json().length;
        slots[first] = null;
        first = (first + 1) % slots.length;
        size--;
    }

    /** What follows there, at most so many; empty when that is not, or not all, here. */
    synchronized Optional<Part> after(EventId place, int most) {
        if (before == null || last == null || !before.log().equals(place.log()) || place.compareTo(before) < 0) {
            return Optional.empty();
        }
        int from = indexAfter(place);
        int to = Math.min(size, from + most);
        List<Followed> events = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            events.add(at(i));
        }
        EventId upTo = to < size ? events.getLast().id() : place.compareTo(last) < 0 ? last : place;
        return Optional.of(new Part(events, upTo, to < size));
    }

    private int indexAfter(EventId place) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (at(middle).id().compareTo(place) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Followed at(int index) {
        return Objects.requireNonNull(slots[(first + index) % slots.length]);
    }

    synchronized long bytes() {
        return bytes;
    }
}
