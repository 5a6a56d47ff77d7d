package dev.drawbridge.events;

import org.jspecify.annotations.Nullable;

/** The store of events does not do its work. */
public class EventStoreException extends Exception {
    private static final long serialVersionUID = 1;

    public EventStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
