package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Changed;
import java.util.List;
import java.util.Optional;

/**
 * An event that is to be written down.
 *
 * @param touched the records of which a diff is to be made right before; empty when nobody wants it
 */
record Noted(RoomEvent event, Optional<Touched> touched) {
    private static final int AN_EVENT = 250;
    private static final int A_PERSON = 120;

    /**
     * Which records a change concerns.
     *
     * @param tooMany whether these are more than can be told; then the lists are empty
     */
    record Touched(List<String> put, List<String> removed, boolean tooMany) {
        /** Of more records there is no diff. */
        static final int MOST = 500;

        static final Touched TOO_MANY = new Touched(List.of(), List.of(), true);

        private long bytes() {
            return size(put) + size(removed);
        }

        private static long size(List<String> ids) {
            return ids.stream().mapToLong(id -> 48 + id.length()).sum();
        }
    }

    static Noted of(RoomEvent event) {
        return new Noted(event, Optional.empty());
    }

    /** About what it takes in memory. */
    long bytes() {
        long people = event.what() instanceof Changed changed ? changed.by().size() : 1;
        return AN_EVENT
                + event.roomId().length()
                + A_PERSON * people
                + touched.map(Touched::bytes).orElse(0L);
    }
}
