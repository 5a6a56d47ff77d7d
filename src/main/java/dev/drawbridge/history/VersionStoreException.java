package dev.drawbridge.history;

import dev.drawbridge.json.Quoted;

/** The store of versions cannot do its work; the message tells an operator what is wrong. */
public class VersionStoreException extends RuntimeException {
    private static final int LONGEST = 1_000;

    public VersionStoreException(String message) {
        super(Quoted.line(message, LONGEST));
    }

    public VersionStoreException(String message, Throwable cause) {
        super(Quoted.line(message, LONGEST), cause);
    }
}
