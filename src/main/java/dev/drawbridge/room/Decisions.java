package dev.drawbridge.room;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * What has been decided elsewhere about the writes of one push, and what has to be asked. A verdict is on what a write makes
 * of what: when the room has moved on meanwhile, so that it would be another write, that one is asked about again. Whoever
 * cannot be caught up with in a few rounds is refused.
 */
final class Decisions {
    private static final int MOST_ROUNDS = 3;

    private final Map<String, Decision> made = new HashMap<>();
    private final SequencedMap<String, RecordWrite> open = new LinkedHashMap<>();
    private int rounds;

    private record Decision(RecordWrite write, WriteVerdict verdict) {}

    /** The verdict on a write of a record. While it is open that is a no, and the push is to be worked through again. */
    WriteVerdict on(String id, RecordWrite write) {
        Decision decision = made.get(id);
        if (decision != null && decision.write.equals(write)) {
            return decision.verdict;
        }
        if (rounds < MOST_ROUNDS) {
            open.put(id, write);
        }
        return WriteVerdict.REFUSED;
    }

    /** Whether nothing has been asked yet. */
    boolean areFresh() {
        return rounds == 0;
    }

    boolean areComplete() {
        return open.isEmpty();
    }

    /** What has to be asked, in the order of the push. */
    List<RecordWrite> open() {
        return List.copyOf(open.values());
    }

    /** @param verdicts on what was open, in its order; when they are not as many nothing is allowed */
    void answered(List<WriteVerdict> verdicts) {
        boolean isUsable = verdicts.size() == open.size();
        int next = 0;
        for (Map.Entry<String, RecordWrite> each : open.entrySet()) {
            WriteVerdict verdict = isUsable ? verdicts.get(next++) : WriteVerdict.REFUSED;
            made.put(each.getKey(), new Decision(each.getValue(), verdict));
        }
        open.clear();
        rounds++;
    }
}
