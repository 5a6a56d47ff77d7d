package dev.drawbridge.agents;

import dev.drawbridge.protocol.DataEvent.Verdict;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.ObjectAccess;
import java.util.Set;

/** What concerns an agent in what it is told. */
sealed interface Heard {

    /** It is in the room. */
    record Connected(long serverClock, boolean isReadonly, ObjectAccess objects) implements Heard {}

    /**
     * What became of a push.
     *
     * @param effects the ids of the records that it had an effect on, when that is not what was pushed
     */
    record Result(long clientClock, long serverClock, Verdict verdict, Set<String> effects) implements Heard {
        public Result {
            effects = Set.copyOf(effects);
        }
    }

    /** The room has as much as it may have. */
    record Full(Limit limit, long most) implements Heard {}
}
