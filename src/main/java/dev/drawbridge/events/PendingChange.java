package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Counts;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.StoredChange;
import dev.drawbridge.room.DocumentSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes of a room that are told of together. Which records they concern is known as long as these are not too many. */
final class PendingChange {
    /** Of more records it is not known which ones they are, nor how many. */
    static final int MOST_RECORDS = 10_000;

    /** More who have changed a room are not named. */
    static final int MOST_PEOPLE = 24;

    /** An entry of the map; the id itself is the room's as a rule. */
    private static final int AN_ID = 64;

    private final long since;
    private final long firstAt;
    private final ByteBudget budget;
    private final Map<String, Boolean> records = new HashMap<>();
    private final List<Person> by = new ArrayList<>();
    private long clock;
    private long lastAt;
    private Instant time;
    private DocumentSize size;
    private boolean isTooMuch;
    private long held;

    /**
     * Begins with a change.
     *
     * @param budget what the ids of records take of all rooms together; beyond it they are not known
     * @param now by the time that runs on evenly
     */
    PendingChange(StoredChange first, ByteBudget budget, long now, Instant time) {
        this.since = first.previousClock();
        this.clock = first.clock();
        this.firstAt = now;
        this.lastAt = now;
        this.time = time;
        this.size = first.size();
        this.budget = budget;
    }

    void add(StoredChange change, Optional<Person> who, long now, Instant at) {
        clock = change.clock();
        lastAt = now;
        time = at;
        size = change.size();
        who.filter(one -> by.size() < MOST_PEOPLE)
                .filter(one -> by.stream().noneMatch(known -> known.sessionId().equals(one.sessionId())))
                .ifPresent(by::add);
        note(change.put(), true);
        note(change.removed(), false);
    }

    private void note(Collection<String> ids, boolean put) {
        if (isTooMuch) {
            return;
        }
        for (String id : ids) {
            if (records.put(id, put) == null && !take(AN_ID + id.length())) {
                isTooMuch = true;
                letGo();
                return;
            }
        }
    }

    private boolean take(long bytes) {
        if (records.size() > MOST_RECORDS || !budget.tryTake(bytes)) {
            return false;
        }
        held += bytes;
        return true;
    }

    private void letGo() {
        budget.giveBack(held);
        held = 0;
        records.clear();
    }

    long since() {
        return since;
    }

    Instant time() {
        return time;
    }

    /** When it is to be told. */
    long dueAt(long debounce, long debounceMost) {
        return Math.min(lastAt + debounce, firstAt + debounceMost);
    }

    /**
     * What there is to tell; it is no more used then.
     *
     * @param wantsDiff whether the records themselves are wanted
     */
    Noted end(String roomId, String node, boolean wantsDiff) {
        Optional<Noted.Touched> touched = wantsDiff ? Optional.of(touched()) : Optional.empty();
        Changed changed = new Changed(since, clock, counts(), List.copyOf(by), Optional.empty());
        letGo();
        return new Noted(new RoomEvent(roomId, time, node, changed), touched);
    }

    private Optional<Counts> counts() {
        if (isTooMuch) {
            return Optional.empty();
        }
        int put = (int) records.values().stream().filter(isPut -> isPut).count();
        return Optional.of(new Counts(put, records.size() - put, size.records(), size.bytes()));
    }

    private Noted.Touched touched() {
        if (isTooMuch || records.size() > Noted.Touched.MOST) {
            return Noted.Touched.TOO_MANY;
        }
        List<String> put = new ArrayList<>();
        List<String> removed = new ArrayList<>();
        records.forEach((id, isPut) -> (isPut ? put : removed).add(id));
        return new Noted.Touched(List.copyOf(put), List.copyOf(removed), false);
    }
}
