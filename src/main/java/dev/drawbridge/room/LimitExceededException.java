package dev.drawbridge.room;

import dev.drawbridge.protocol.Limit;

/** A change would make the room larger than it may be. Nothing has changed. */
public final class LimitExceededException extends Exception {
    private final Limit limit;
    private final long most;

    LimitExceededException(Limit limit, long most) {
        super(
                limit == Limit.RECORD_BYTES
                        ? "a record may have no more than " + most + " bytes"
                        : "the room may have no more than " + most
                                + (limit == Limit.RECORDS_PER_ROOM ? " records" : " bytes of records"));
        this.limit = limit;
        this.most = most;
    }

    public Limit limit() {
        return limit;
    }

    public long most() {
        return most;
    }
}
