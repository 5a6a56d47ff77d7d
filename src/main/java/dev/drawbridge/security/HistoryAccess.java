package dev.drawbridge.security;

import java.util.Locale;
import java.util.Optional;

/** What somebody may do with a room's past. Each includes those before it. */
public enum HistoryAccess {
    /** Not see it. */
    NONE,
    /** See which versions there are, and what is in them. */
    READ,
    /** Make versions, and bring them back; the latter changes the room, and is for those who may edit it. */
    RESTORE;

    /** Whether this permits what is needed. */
    boolean includes(HistoryAccess needed) {
        return compareTo(needed) >= 0;
    }

    /** The one that is written like this in a token, or in the answer of a webhook. Nothing is written for {@link #NONE}. */
    static Optional<HistoryAccess> of(Object word) {
        for (HistoryAccess access : values()) {
            if (access != NONE && access.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(access);
            }
        }
        return Optional.empty();
    }
}
