package dev.drawbridge.store.redis;

import dev.drawbridge.store.Ownership;
import java.util.List;

/**
 * What {@code open.lua} answers.
 *
 * @param documents how many there are
 * @param tombstones how many there are
 * @param sameHistory whether the server that took the last commit is the one that answers, and has neither been restarted
 *     nor been another's replica since
 */
record TakenOver(
        Ownership owner,
        long clock,
        long historyStartsAt,
        String schema,
        long documents,
        long tombstones,
        boolean sameHistory) {

    static TakenOver read(List<String> answer) {
        return new TakenOver(
                new Ownership(Long.parseLong(answer.get(0)), answer.get(1)),
                Long.parseLong(answer.get(2)),
                Long.parseLong(answer.get(3)),
                answer.get(4),
                Long.parseLong(answer.get(5)),
                Long.parseLong(answer.get(6)),
                answer.get(7).equals("1"));
    }
}
