package dev.drawbridge.history;

import dev.drawbridge.host.HostClock;
import dev.drawbridge.host.RoomObserver;
import dev.drawbridge.host.StoredChange;
import dev.drawbridge.room.Author;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * Notes what happens in rooms: since when there are changes that no version shows, and who has made them. Rooms tell it on their
 * own threads, and go on. For any thread.
 *
 * <p>It is in memory alone. A room that is shut down with its server, changes and all, gets its version when it is opened
 * next, for its clock is beyond that of the newest one; who had changed it until then is not known any more.
 */
public final class Notes implements RoomObserver {
    /** Of more rooms nothing is noted; so many have changes without a version only when versions cannot be made. */
    private static final int MOST_ROOMS = 100_000;

    private final Map<String, Note> notes = new ConcurrentHashMap<>();
    private final Map<String, Long> opened = new ConcurrentHashMap<>();
    private final HostClock clock;
    private final boolean whenLeft;

    public Notes(HostClock clock) {
        this(clock, true);
    }

    /** @param whenLeft whether a version is due when the last session has left, or else only when its time has come */
    public Notes(HostClock clock, boolean whenLeft) {
        this.clock = clock;
        this.whenLeft = whenLeft;
    }

    /** A version that should be made, and why. */
    record Due(String roomId, Reason reason) {}

    // ---- what rooms tell

    @Override
    public void opened(String roomId, long documentClock, boolean isNew) {
        opened.put(roomId, documentClock);
    }

    @Override
    public void changed(String roomId, Optional<Author> author, StoredChange change) {
        changed(roomId, author, change.clock());
    }

    private void changed(String roomId, Optional<Author> author, long documentClock) {
        Optional<Contributor> who = author.flatMap(Contributors::somebody);
        notes.compute(roomId, (id, known) -> {
            if (known == null && notes.size() >= MOST_ROOMS) {
                return null;
            }
            Note note = known == null ? Note.NOTHING : known;
            List<Contributor> by =
                    who.map(each -> Contributors.with(note.by(), each)).orElse(note.by());
            return note.changed(by, clock.millis(), documentClock);
        });
    }

    @Override
    public void emptied(String roomId) {
        if (whenLeft) {
            change(roomId, Note::leftAlone);
        }
    }

    /** What is noted stays: whoever opens it next, at another node for one, does not know who has changed it here. */
    @Override
    public void closed(String roomId) {
        opened.remove(roomId);
    }

    private void change(String roomId, UnaryOperator<Note> change) {
        notes.computeIfPresent(roomId, (id, note) -> {
            Note changed = change.apply(note);
            return changed.isNothing() ? null : changed;
        });
    }

    // ---- what versions are made by

    /** Rooms that were opened since this was asked last, with their clocks. */
    Map<String, Long> takeOpened() {
        Map<String, Long> taken = Map.copyOf(opened);
        taken.forEach(opened::remove);
        return taken;
    }

    /** One that was opened could not be looked at. */
    void openedStill(String roomId, long documentClock) {
        opened.putIfAbsent(roomId, documentClock);
    }

    /** A room has been changed, who knows when and by whom. */
    void changedBefore(String roomId, long documentClock) {
        changed(roomId, Optional.empty(), documentClock);
    }

    /**
     * Versions that are to be made now and that are not being made yet, the oldest changes first. They count as being made from
     * now on.
     *
     * @param every how many milliseconds after the first change
     */
    List<Due> due(long every, int most) {
        long now = clock.millis();
        List<Map.Entry<String, Note>> due = new ArrayList<>();
        for (Map.Entry<String, Note> each : notes.entrySet()) {
            Map.Entry<String, Note> seen = Map.entry(each.getKey(), each.getValue());
            if (seen.getValue().isDue(now, every)) {
                due.add(seen);
            }
        }
        due.sort(Comparator.comparingLong(each -> each.getValue().since()));
        return due.stream()
                .limit(Math.max(0, most))
                .map(each -> {
                    change(each.getKey(), Note::begun);
                    return new Due(each.getKey(), each.getValue().left() ? Reason.LAST_LEFT : Reason.AUTO);
                })
                .toList();
    }

    /** A version that was due is there. */
    void done(String roomId) {
        change(roomId, Note::done);
    }

    /**
     * A version that was due could not be made; it is due again later.
     *
     * @param first after how many milliseconds, the first time; each time it is twice as many
     * @param last but never more than these
     */
    void failed(String roomId, long first, long last) {
        change(roomId, note -> note.failed(clock.millis(), first, last));
    }

    /** A version is being made that shows this clock: who has changed the room until then. */
    List<Contributor> take(String roomId, long documentClock) {
        List<Contributor> taken = new ArrayList<>();
        change(roomId, note -> {
            taken.addAll(note.by());
            return note.taken(clock.millis(), documentClock);
        });
        return taken;
    }

    /** That version could not be made. */
    void giveBack(String roomId, List<Contributor> by, long documentClock) {
        notes.compute(roomId, (id, known) -> {
            Note note = known == null ? Note.NOTHING : known;
            boolean left = note.left();
            Note changed = note.changed(Contributors.union(by, note.by()), clock.millis(), documentClock);
            return left ? changed.leftAlone() : changed;
        });
    }

    /** Who has changed the room since its newest version. */
    List<Contributor> by(String roomId) {
        return notes.getOrDefault(roomId, Note.NOTHING).by();
    }

    /** The room is no more. */
    void forget(String roomId) {
        opened.remove(roomId);
        notes.remove(roomId);
    }
}
