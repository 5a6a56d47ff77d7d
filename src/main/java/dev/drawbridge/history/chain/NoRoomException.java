package dev.drawbridge.history.chain;

/** What is read is more than may be held. */
public final class NoRoomException extends RuntimeException {

    NoRoomException() {
        super("there is no memory for it now", null, false, false);
    }
}
