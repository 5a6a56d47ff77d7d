package dev.drawbridge.assets.collection;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** It cannot be told which assets are referred to; the message tells an operator why. */
public final class UnknownMentionsException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnknownMentionsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
