package dev.drawbridge.room;

import dev.drawbridge.json.Quoted;
import dev.drawbridge.protocol.Limit;
import dev.drawbridge.protocol.RefusalReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ends the handling of a message: its sender is refused, and nothing of it is applied. */
final class RefusalException extends Exception {
    /** It becomes a line of the log, and parts of it the client may have chosen. */
    private static final int LONGEST = 1_000;

    private final RefusalReason reason;
    private final Optional<Limit> limit;

    RefusalException(RefusalReason reason, @Nullable String why) {
        super(Quoted.line(String.valueOf(why), LONGEST), null, false, false);
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
