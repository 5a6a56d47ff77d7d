package dev.drawbridge.history;

import java.util.Locale;
import java.util.Optional;

/** Why a version was made. */
public enum Reason {
    /** Enough time had passed since the first change after the version before. */
    AUTO,
    /** A person asked for it. */
    MANUAL,
    /** Another version was about to be restored. */
    BEFORE_RESTORE,
    /** The document was about to be replaced by a snapshot or a file, or its images taken out of it. */
    BEFORE_IMPORT,
    /** A program that works on the board as people do was about to make its first change. */
    BEFORE_AGENT,
    /** The last session left. */
    LAST_LEFT,
    /** A program asked for it. */
    API;

    /** As it is written in JSON: {@code before-restore}, for example. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The one that is written like this. */
    public static Optional<Reason> of(String word) {
        for (Reason reason : values()) {
            if (reason.word().equals(word)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
