package dev.drawbridge.room;

/** A document that is no snapshot of a room. The message says where and why. */
public final class MalformedSnapshotException extends Exception {

    public MalformedSnapshotException(String message) {
        super(message);
    }
}
