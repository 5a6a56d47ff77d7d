package dev.drawbridge.history;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest versions of rooms that have had one lately, as bases: to write the next one nothing has to be read then. Those
 * that were used least lately are forgotten when they take too much. For any thread.
 */
final class Bases {
    private final long most;
    private final Map<String, Base> byRoom = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;

    /** @param most how many bytes they may take */
    Bases(long most) {
        this.most = most;
    }

    synchronized Optional<Base> of(String roomId, VersionId id) {
        return Optional.ofNullable(byRoom.get(roomId)).filter(base -> base.id().equals(id));
    }

    synchronized void put(String roomId, Base base) {
        forget(roomId);
        byRoom.put(roomId, base);
        weight += base.manifest().weight();
        Iterator<Base> oldest = byRoom.values().iterator();
        while (weight > most && oldest.hasNext()) {
            weight -= oldest.next().manifest().weight();
            oldest.remove();
        }
    }

    synchronized void forget(String roomId) {
        Base before = byRoom.remove(roomId);
        if (before != null) {
            weight -= before.manifest().weight();
        }
    }
}
