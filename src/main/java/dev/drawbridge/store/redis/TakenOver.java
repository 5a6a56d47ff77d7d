package dev.drawbridge.store.redis;

import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.TakeOvers;
import java.util.List;
import java.util.Optional;

/**
 * The caller owns the room.
 *
 * @param from why it could be taken from whoever was named; empty when nobody was
 * @param documents how many there are
 * @param tombstones how many there are
 * @param sameHistory whether the server that took the last commit is the one that answers, and has neither been restarted
 *     nor been another's replica since
 */
record TakenOver(
        Optional<TakeOvers.Reason> from,
        Ownership owner,
        long clock,
        long historyStartsAt,
        String schema,
        long documents,
        long tombstones,
        boolean sameHistory)
        implements OpenAnswer {

    static TakenOver read(List<String> answer) {
        return new TakenOver(
                reason(answer.get(0)),
                new Ownership(Long.parseLong(answer.get(1)), answer.get(2)),
                Long.parseLong(answer.get(3)),
                Long.parseLong(answer.get(4)),
                answer.get(5),
                Long.parseLong(answer.get(6)),
                Long.parseLong(answer.get(7)),
                answer.get(8).equals("1"));
    }

    private static Optional<TakeOvers.Reason> reason(String how) {
        return switch (how) {
            case "FREE", "AGAIN" -> Optional.empty();
            default -> Optional.of(TakeOvers.Reason.valueOf(how));
        };
    }
}
