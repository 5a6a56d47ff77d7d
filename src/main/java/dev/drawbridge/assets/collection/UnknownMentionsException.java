package dev.drawbridge.assets.collection;

import java.io.Serial;

/** It cannot be told which assets are referred to; the message tells an operator why. */
public final class UnknownMentionsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnknownMentionsException(String message, Throwable cause) {
        super(message, cause);
    }
}
