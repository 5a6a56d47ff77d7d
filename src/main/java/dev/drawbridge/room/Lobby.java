package dev.drawbridge.room;

import dev.drawbridge.schema.MigrationException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/**
 * Where clients of an older schema wait until what they need of the document has been translated for them. That is done in
 * turns, so that those who are drawing wait for one turn at most, and once for all who wait for the same.
 */
final class Lobby {
    /** How many records are looked at in a turn that need no translation. */
    private static final int LOOKS_A_TURN = 16 << 10;

    private final RoomDocument document;
    private final Turn most;
    private final Deque<Fill> fills = new ArrayDeque<>();
    private boolean hasAsked;

    /** What is translated in a turn at most. */
    record Turn(int records, long bytes) {

        /** A few milliseconds' work. */
        static final Turn DEFAULT = new Turn(64, 64 << 10);
    }

    /** Somebody who waits. */
    interface Guest {

        /** Whether it has left meanwhile. */
        boolean isGone();

        /** What it needs: all that has changed since that clock. */
        long since();

        /** All that it needs is there; but it may be known that something has no way down. */
        void serve(long now, List<Effect> effects);
    }

    /** One translation that is being completed, from the clock on that those need who wait for it. */
    private static final class Fill {
        private final Translation translation;
        private final SequencedSet<Guest> guests = new LinkedHashSet<>();
        private final long since;
        private List<StoredRecord> toDo;
        private int next;

        Fill(Translation translation, long since, List<StoredRecord> toDo) {
            this.translation = translation;
            this.since = since;
            this.toDo = toDo;
        }
    }

    Lobby(RoomDocument document, Turn most) {
        this.document = document;
        this.most = most;
    }

    /** Serves somebody: at once if it takes no more than a turn, later else; answers whether it was at once. */
    boolean receive(Guest guest, Translation translation, long now, List<Effect> effects) {
        translation.used(now);
        if (isKnownToFail(guest, translation)) {
            guest.serve(now, effects);
            return true;
        }
        List<StoredRecord> missing = translation.missing(translation.needed(guest.since()), most.records + 1);
        if (isOneTurn(missing)) {
            missing.forEach(translation::translate);
            guest.serve(now, effects);
            return true;
        }
        join(guest, translation);
        ask(effects);
        return false;
    }

    private void join(Guest guest, Translation translation) {
        long since = translation.needed(guest.since());
        for (Fill fill : fills) {
            if (fill.translation == translation && fill.since <= since) {
                fill.guests.add(guest);
                return;
            }
        }
        Fill fill = new Fill(translation, since, document.recordsSince(since));
        fill.guests.add(guest);
        fills.add(fill);
    }

    private boolean isOneTurn(List<StoredRecord> missing) {
        long bytes = 0;
        for (StoredRecord record : missing) {
            bytes += record.json().length;
        }
        return (missing.size() <= most.records && bytes <= most.bytes) || missing.size() <= 1;
    }

    private static boolean isKnownToFail(Guest guest, Translation translation) {
        try {
            translation.check(guest.since());
            return false;
        } catch (MigrationException e) {
            return true;
        }
    }

    /** Whether that translation is being worked on. */
    boolean isBusyWith(Translation translation) {
        return fills.stream().anyMatch(fill -> fill.translation == translation);
    }

    /** Does one turn's work. */
    void turn(long now, List<Effect> effects) {
        hasAsked = false;
        Fill fill = fills.peek();
        if (fill == null) {
            return;
        }
        fill.guests.removeIf(Guest::isGone);
        fill.translation.used(now);
        if (!fill.guests.isEmpty()) {
            translate(fill);
            serveWhoeverCannotBeServed(fill, now, effects);
        }
        if (fill.guests.isEmpty()) {
            fills.remove(fill);
        } else if (fill.next == fill.toDo.size()) {
            finish(fill, now, effects);
        }
        ask(effects);
    }

    private void translate(Fill fill) {
        int records = 0;
        long bytes = 0;
        int looks = 0;
        while (fill.next < fill.toDo.size() && records < most.records && bytes < most.bytes && looks < LOOKS_A_TURN) {
            StoredRecord record = fill.toDo.get(fill.next++);
            looks++;
            if (document.isPresent(record) && !fill.translation.has(record.id())) {
                fill.translation.translate(record);
                records++;
                bytes += record.json().length;
            }
        }
    }

    private static void serveWhoeverCannotBeServed(Fill fill, long now, List<Effect> effects) {
        List<Guest> hopeless = fill.guests.stream()
                .filter(guest -> isKnownToFail(guest, fill.translation))
                .toList();
        hopeless.forEach(fill.guests::remove);
        hopeless.forEach(guest -> serve(guest, now, effects));
    }

    /** All that was to be done is done. What has changed meanwhile is done again, until that is one turn's work. */
    private void finish(Fill fill, long now, List<Effect> effects) {
        List<StoredRecord> missing = fill.translation.missing(fill.since, Integer.MAX_VALUE);
        if (!isOneTurn(missing)) {
            fill.toDo = missing;
            fill.next = 0;
            return;
        }
        missing.forEach(fill.translation::translate);
        fills.remove(fill);
        for (Guest guest : new ArrayList<>(fill.guests)) {
            // What one has waited with may change the document for the next, or end it.
            if (!guest.isGone()) {
                receive(guest, fill.translation, now, effects);
            }
        }
    }

    private static void serve(Guest guest, long now, List<Effect> effects) {
        if (!guest.isGone()) {
            guest.serve(now, effects);
        }
    }

    private void ask(List<Effect> effects) {
        if (!fills.isEmpty() && !hasAsked) {
            hasAsked = true;
            effects.add(new Effect.MoreWork());
        }
    }
}
