package dev.drawbridge.store;

import dev.drawbridge.room.DocumentSize;

/** Decides whether a room may be read into memory. */
@FunctionalInterface
public interface Admission {
    /** For who has room for whatever there is. */
    Admission ANY = size -> true;

    /**
     * Asked on a thread of the store before the records are read; again when they have to be read once more, and then only
     * the last size counts.
     *
     * @param size what there is to be read, as of the last commit
     */
    boolean admits(DocumentSize size);
}
