package dev.drawbridge.events;

import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Limit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What may happen in a room. */
public sealed interface Happening {

    /** Its kind. */
    EventType type();

    /**
     * There is a new room.
     *
     * @param clock of its document
     */
    record Created(long clock) implements Happening {
        @Override
        public EventType type() {
            return EventType.ROOM_CREATED;
        }
    }

    /**
     * A node has the room open.
     *
     * @param clock of its document
     */
    record Opened(long clock) implements Happening {
        @Override
        public EventType type() {
            return EventType.ROOM_OPENED;
        }
    }

    /**
     * The document has changed, and that is stored; several changes that follow each other closely are one.
     *
     * @param since the clock before; what was told before this reaches to it
     * @param clock the clock after it
     * @param counts what has changed; empty when it was too much to count, or nobody was there to do it: a node was killed,
     *     and another has found that there are changes of which nothing was said
     * @param by who has changed it, as far as that is known; at most some dozen
     * @param diff the records themselves, for those who want them
     */
    record Changed(long since, long clock, Optional<Counts> counts, List<Person> by, Optional<Diff> diff)
            implements Happening {
        @Override
        public EventType type() {
            return EventType.ROOM_CHANGED;
        }
    }

    /**
     * How much has changed.
     *
     * @param put records that were made or changed, each counted once
     * @param removed records that were deleted
     * @param records how many the document has now
     * @param bytes how many bytes these take
     */
    record Counts(int put, int removed, int records, long bytes) {}

    /**
     * What has changed.
     *
     * @param put the records as they were when this was written down, which may be a moment after the change
     * @param removed the ids of those that were deleted
     * @param complete whether it is all there; if not it was too much, and these lists are empty
     */
    record Diff(List<JsonObject> put, List<String> removed, boolean complete) {
        public static final Diff TOO_LARGE = new Diff(List.of(), List.of(), false);
    }

    /**
     * The room is not open at that node any more, nor is anybody in it there.
     *
     * @param why how that came
     */
    record Closed(Why why) implements Happening {

        /** How a room comes to be closed. */
        public enum Why {
            /** It was put away, has moved, or was deleted. */
            ENDED,
            /** Its node is gone, or another one has it now: this was found out, and not told by the node. */
            LOST
        }

        @Override
        public EventType type() {
            return EventType.ROOM_CLOSED;
        }
    }

    /**
     * The room is no more.
     *
     * @param ifClock for one that has found this out, and was not there: it is told only if the room's story still has this
     *     clock, and says that the room is closed; else somebody has made it anew meanwhile
     */
    record Deleted(OptionalLong ifClock) implements Happening {

        public Deleted() {
            this(OptionalLong.empty());
        }

        @Override
        public EventType type() {
            return EventType.ROOM_DELETED;
        }
    }

    /** Somebody takes part. */
    record Joined(Person who, boolean readonly) implements Happening {
        @Override
        public EventType type() {
            return EventType.SESSION_JOINED;
        }
    }

    /** Somebody takes part no more. */
    record Left(Person who) implements Happening {
        @Override
        public EventType type() {
            return EventType.SESSION_LEFT;
        }
    }

    /**
     * A version was made.
     *
     * @param reason as it is named in the REST API
     */
    record VersionCreated(String versionId, long clock, String reason, Optional<String> name) implements Happening {
        @Override
        public EventType type() {
            return EventType.VERSION_CREATED;
        }
    }

    /**
     * A bound was hit.
     *
     * @param times how often, since this was said before
     */
    record LimitHit(Limit limit, long times) implements Happening {
        @Override
        public EventType type() {
            return EventType.LIMIT_HIT;
        }
    }
}
