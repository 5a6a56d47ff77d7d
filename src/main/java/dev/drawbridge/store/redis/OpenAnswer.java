package dev.drawbridge.store.redis;

import java.util.List;

/** What {@code open.lua} answers. */
sealed interface OpenAnswer permits TakenOver, OpenAnswer.Elsewhere {

    /**
     * Another node is named, nothing was changed.
     *
     * @param epoch of that node's opening
     */
    record Elsewhere(String nodeId, String epoch) implements OpenAnswer {}

    static OpenAnswer read(List<String> answer) {
        return answer.getFirst().equals("elsewhere")
                ? new Elsewhere(answer.get(1), answer.get(2))
                : TakenOver.read(answer);
    }
}
