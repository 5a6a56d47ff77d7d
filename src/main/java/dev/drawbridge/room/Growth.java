package dev.drawbridge.room;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.Limits;

/** Keeps a document from growing beyond its limits. One that is beyond them, for whatever reason, may still shrink. */
record Growth(Limits.OfRoom limits) {

    void check(DocumentSize before, RoomDocument.Draft draft) throws LimitExceededException {
        DocumentSize after = draft.size();
        if (draft.largestGrown() > limits.recordBytes()) {
            throw new LimitExceededException(Limit.RECORD_BYTES, limits.recordBytes());
        }
        if (after.records() > limits.records() && after.records() > before.records()) {
            throw new LimitExceededException(Limit.RECORDS_PER_ROOM, limits.records());
        }
        if (after.bytes() > limits.bytes() && after.bytes() > before.bytes()) {
            throw new LimitExceededException(Limit.BYTES_PER_ROOM, limits.bytes());
        }
    }
}
