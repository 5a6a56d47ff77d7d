package dev.drawbridge.security;

import dev.drawbridge.protocol.ObjectAccess;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do in a room. */
public enum Permission {
    /** See it and change it. */
    EDIT,
    /** See it, and change the records of the object lane: comments, for example. */
    COMMENT,
    /** See it. */
    VIEW;

    /** What it permits with the records of the object lane, unless something else is said of them. */
    public ObjectAccess objects() {
        return this == VIEW ? ObjectAccess.READ : ObjectAccess.WRITE;
    }

    /** How it is written. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that is written like this: in a token, in the answer of a webhook, or by an operator. */
    public static Optional<Permission> of(Object word) {
        for (Permission permission : values()) {
            if (permission.word().equals(word)) {
                return Optional.of(permission);
            }
        }
        return Optional.empty();
    }
}
