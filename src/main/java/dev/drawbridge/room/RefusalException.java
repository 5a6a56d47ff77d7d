package dev.drawbridge.room;

import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends the handling of a message: its sender is refused, and nothing of it is applied. */
final class RefusalException extends Exception {
    private final RefusalReason reason;
    private final Optional<Limit> limit;

    RefusalException(RefusalReason reason, @Nullable String why) {
        super(why, null, false, false);
        this.reason = reason;
        this.limit = Optional.empty();
    }

    /** It goes beyond a limit. */
    RefusalException(RefusalReason reason, Limit limit, String why) {
        super(why, null, false, false);
        this.reason = reason;
        this.limit = Optional.of(limit);
    }

    Optional<Limit> limit() {
        return limit;
    }

    RefusalReason reason() {
        return reason;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
