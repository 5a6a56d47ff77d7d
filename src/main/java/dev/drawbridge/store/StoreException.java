package dev.drawbridge.store;

import dev.drawbridge.json.Quoted;

/** The store cannot do its work; the message tells an operator what is wrong and, where possible, what to do. */
public class StoreException extends RuntimeException {
    private static final int LONGEST = 1_000;

    public StoreException(String message) {
        super(Quoted.line(message, LONGEST));
    }

    public StoreException(String message, Throwable cause) {
        super(Quoted.line(message, LONGEST), cause);
    }
}
