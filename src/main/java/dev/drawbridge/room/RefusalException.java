package dev.drawbridge.room;

import dev.drawbridge.protocol.RefusalReason;
import org.jspecify.annotations.Nullable;

/** Ends the handling of a message: its sender is refused, and nothing of it is applied. */
final class RefusalException extends Exception {
    private final RefusalReason reason;

    RefusalException(RefusalReason reason, @Nullable String why) {
        super(why, null, false, false);
        this.reason = reason;
    }

    RefusalReason reason() {
        return reason;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
