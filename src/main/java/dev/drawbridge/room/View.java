package dev.drawbridge.room;

import dev.drawbridge.schema.RecordMigrations;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which records of the document clients with a projection are told of (§21.22): none of a kind that their schema does not
 * name, and none that hangs on one that is hidden. It follows the document; what a change costs is what it touches that
 * hangs on something hidden, before or afterwards.
 */
final class View {
    /** How many records are remembered that have appeared or disappeared otherwise than by their own change. */
    static final int MOST_TURNED = 5_000;

    /** An id that the outline has, in a set or a map of its own here. */
    private static final int BYTES_PER_ID = 80;

    private final RecordMigrations projection;
    private final Outline outline;
    private final Set<String> hidden = new HashSet<>();
    /** Which have last appeared or disappeared, or were seen when they were deleted, and when. */
    private final SequencedMap<String, Long> turned = new LinkedHashMap<>();
    /** Which were hidden when they were deleted. */
    private final Set<String> silentlyGone = new HashSet<>();

    private long knownSince;
    private Turn last = Turn.NONE;
    private long looks;

    /**
     * What the last change of the document came to.
     *
     * @param changed  the records that it changed
     * @param wereHidden whether a record was hidden before, if that has been looked at
     * @param appeared  others, which are seen now
     * @param disappeared others, which are not any more
     */
    private record Turn(
            Set<String> changed, Map<String, Boolean> wereHidden, List<String> appeared, List<String> disappeared) {
        static final Turn NONE = new Turn(Set.of(), Map.of(), List.of(), List.of());
    }

    /** @param clock of the document, of which the outline is complete */
    View(RecordMigrations projection, Outline outline, long clock) {
        this.projection = projection;
        this.outline = outline;
        this.knownSince = clock;
        hide(outline.ids());
    }

    boolean isHidden(String id) {
        return hidden.contains(id);
    }

    Set<String> hidden() {
        return hidden;
    }

    Outline outline() {
        return outline;
    }

    /** Whether a client that was at that clock can be told what has appeared and disappeared since. */
    boolean remembers(long sinceClock) {
        return sinceClock >= knownSince;
    }

    /** About how many bytes it takes beside the outline. */
    long bytes() {
        return (long) BYTES_PER_ID * (hidden.size() + turned.size() + silentlyGone.size());
    }

    /** How many records have been looked at because of changes: what this costs. */
    long looks() {
        return looks;
    }

    // ---- the last change

    /** Whether a record was hidden before the last change. */
    boolean wasHidden(String id) {
        Boolean was = last.wereHidden.get(id);
        return was == null ? hidden.contains(id) : was;
    }

    /** Whether these are changes of documents, those that the last change was. */
    boolean isLast(Iterable<RecordChange> changes) {
        for (RecordChange change : changes) {
            if (last.changed.contains(change.id())) {
                return true;
            }
        }
        return false;
    }

    /** What the last change has made appear without changing it. */
    List<String> appeared() {
        return last.appeared;
    }

    /** What the last change has made disappear without changing it. */
    List<String> disappeared() {
        return last.disappeared;
    }

    // ---- what somebody has missed

    /** What has appeared since a clock, and is still seen. */
    List<String> appearedSince(long sinceClock) {
        return turnedSince(sinceClock).stream()
                .filter(id -> outline.has(id) && !hidden.contains(id))
                .toList();
    }

    /** What has disappeared since a clock, and is there, but still hidden. */
    List<String> disappearedSince(long sinceClock) {
        return turnedSince(sinceClock).stream().filter(hidden::contains).toList();
    }

    /** Whether nobody of these clients who was at that clock knows of a record that has been deleted since. */
    boolean wentUnseen(String id, long sinceClock) {
        return silentlyGone.contains(id) && !(turned.getOrDefault(id, -1L) > sinceClock);
    }

    private List<String> turnedSince(long sinceClock) {
        List<String> ids = new ArrayList<>();
        for (Map.Entry<String, Long> each : turned.sequencedEntrySet().reversed()) {
            if (each.getValue() <= sinceClock) {
                break;
            }
            ids.add(each.getKey());
        }
        return ids;
    }

    // ---- following the document

    /** The outline has changed already. */
    void changed(Map<String, Outline.Move> moves, long clock) {
        Map<String, Boolean> wereHidden = new HashMap<>();
        List<String> roots = new ArrayList<>();
        moves.forEach((id, move) -> {
            looks++;
            if (move.after() == null) {
                wereHidden.put(id, hidden.contains(id));
            }
            if (!Objects.equals(move.before(), move.after()) && (hidden.contains(id) || isSuspect(move.after()))) {
                roots.add(id);
            }
        });
        Set<String> touched = outline.withAllHangingOn(roots);
        touched.forEach(id -> wereHidden.put(id, hidden.remove(id)));
        looks += touched.size();
        hide(touched);

        List<String> appeared = new ArrayList<>();
        List<String> disappeared = new ArrayList<>();
        moves.forEach((id, move) -> remember(id, move, wereHidden, clock));
        for (String id : touched) {
            boolean isHidden = hidden.contains(id);
            if (!moves.containsKey(id) && isHidden != wereHidden.getOrDefault(id, false)) {
                (isHidden ? disappeared : appeared).add(id);
                turned.putLast(id, clock);
            }
        }
        if (turned.size() > MOST_TURNED || silentlyGone.size() > MOST_TURNED) {
            turned.clear();
            silentlyGone.clear();
            knownSince = clock;
        }
        last = new Turn(Set.copyOf(moves.keySet()), wereHidden, appeared, disappeared);
    }

    private void remember(String id, Outline.Move move, Map<String, Boolean> wereHidden, long clock) {
        boolean was = wereHidden.getOrDefault(id, hidden.contains(id));
        boolean is = hidden.contains(id);
        if (move.after() == null) {
            if (was) {
                silentlyGone.add(id);
            } else {
                turned.putLast(id, clock);
            }
        } else if (move.before() == null) {
            silentlyGone.remove(id); // who knew what was there before is told by when that turned or was deleted
        } else if (was != is) {
            turned.putLast(id, clock);
        }
    }

    private boolean isSuspect(Outline.@Nullable Place place) {
        return place != null
                && (projection.hides(place.typeName(), place.type())
                        || place.on().stream().anyMatch(hidden::contains));
    }

    /** Hides what is to be hidden of these; all that hangs on one of them is among them. */
    private void hide(Set<String> ids) {
        Deque<String> toDo = new ArrayDeque<>();
        for (String id : ids) {
            if (isSuspect(outline.place(id)) && hidden.add(id)) {
                toDo.add(id);
            }
        }
        while (!toDo.isEmpty()) {
            for (String id : outline.hangingOn(toDo.remove())) {
                if (hidden.add(id)) {
                    toDo.add(id);
                }
            }
        }
    }
}
