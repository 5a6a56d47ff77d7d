package dev.drawbridge.store;

/** The store cannot do its work; the message tells an operator what is wrong and, where possible, what to do. */
public class StoreException extends RuntimeException {

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
