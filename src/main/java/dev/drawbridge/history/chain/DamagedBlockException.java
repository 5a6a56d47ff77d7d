package dev.drawbridge.history.chain;

/** A block is not what was written. */
public final class DamagedBlockException extends Exception {

    public DamagedBlockException(String message) {
        super(message);
    }

    DamagedBlockException(String message, Throwable cause) {
        super(message, cause);
    }
}
