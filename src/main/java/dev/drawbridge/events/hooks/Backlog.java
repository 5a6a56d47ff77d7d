package dev.drawbridge.events.hooks;

import dev.drawbridge.events.EventId;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which events wait in a queue, by their rooms. It holds their ids only, some dozen bytes each: so there is room for the
 * whole of a queue, and however many events of one room wait, those of the others are at hand. An event of a room is taken
 * when none of the same room is out; the next ones are behind it.
 */
final class Backlog {
    private final Map<String, Lane> lanes = new HashMap<>();

    /** Rooms of which nothing is out, those first whose turn is next. */
    private final TreeSet<Lane> resting =
            new TreeSet<>(Comparator.comparing(Lane::dueAt).thenComparing(Lane::first));

    private int size;

    /**
     * An event whose turn it is.
     *
     * @param id of the event
     */
    record Turn(String roomId, EventId id) {}

    private static final class Lane {
        private final String roomId;
        private final TreeSet<EventId> ids = new TreeSet<>();
        private Instant dueAt;
        private @Nullable EventId out;

        Lane(String roomId, Instant dueAt) {
            this.roomId = roomId;
            this.dueAt = dueAt;
        }

        Instant dueAt() {
            return dueAt;
        }

        EventId first() {
            return ids.getFirst();
        }
    }

    /** How many wait or are out. */
    int size() {
        return size;
    }

    /** Forgets everything. */
    void clear() {
        lanes.clear();
        resting.clear();
        size = 0;
    }

    /** Notes an event that waits, unless it is known. */
    void add(String roomId, EventId id, Instant dueAt) {
        Lane lane = lanes.get(roomId);
        if (lane == null) {
            lane = new Lane(roomId, dueAt);
            lanes.put(roomId, lane);
        } else if (lane.out == null) {
            resting.remove(lane);
            if (id.compareTo(lane.first()) < 0) {
                lane.dueAt = dueAt;
            }
        }
        if (lane.ids.add(id)) {
            size++;
        }
        rest(lane);
    }

    /** Takes the next event out; empty when nothing is due. */
    Optional<Turn> take(Instant now) {
        if (resting.isEmpty() || resting.getFirst().dueAt.isAfter(now)) {
            return Optional.empty();
        }
        Lane lane = resting.removeFirst();
        EventId id = lane.first();
        lane.out = id;
        return Optional.of(new Turn(lane.roomId, id));
    }

    /** It is done; the next one of its room has its turn. */
    void done(Turn turn, Instant now) {
        Lane lane = back(turn, now);
        if (lane != null) {
            if (lane.ids.remove(turn.id())) {
                size--;
            }
            if (lane.ids.isEmpty()) {
                lanes.remove(turn.roomId());
            } else {
                rest(lane);
            }
        }
    }

    /** It has its turn again, and nothing of its room before, unless that is older. */
    void again(Turn turn, Instant dueAt) {
        Lane lane = back(turn, dueAt);
        if (lane != null) {
            rest(lane);
        }
    }

    private @Nullable Lane back(Turn turn, Instant dueAt) {
        Lane lane = lanes.get(turn.roomId());
        if (lane == null || !turn.id().equals(lane.out)) {
            return null; // all was forgotten meanwhile
        }
        lane.out = null;
        lane.dueAt = dueAt;
        return lane;
    }

    private void rest(Lane lane) {
        if (lane.out == null) {
            resting.add(lane);
        }
    }
}
