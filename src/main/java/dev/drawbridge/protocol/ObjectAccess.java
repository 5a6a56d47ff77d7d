package dev.drawbridge.protocol;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a session may do with the records of the object lane (§12, {@code objectAccess}). */
public enum ObjectAccess {
    /** Be told of them. */
    READ,
    /** Change them as well. */
    WRITE;

    /** As it is said on the wire, in tokens and in the answers of webhooks. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of that word; empty when it is none. */
    public static Optional<ObjectAccess> of(@Nullable Object word) {
        for (ObjectAccess access : values()) {
            if (access.word().equals(word)) {
                return Optional.of(access);
            }
        }
        return Optional.empty();
    }
}
