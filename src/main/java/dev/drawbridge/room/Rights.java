package dev.drawbridge.room;

import dev.drawbridge.protocol.ObjectAccess;

/**
 * What somebody may do in a room.
 *
 * @param readonly whether they may not change the document: what they push of it is passed over
 * @param objects what they may do with the records of the object lane, whatever they may do with the document
 */
public record Rights(boolean readonly, ObjectAccess objects) {
    public static final Rights EDITOR = new Rights(false, ObjectAccess.WRITE);
    /** They may comment, and not edit. */
    public static final Rights COMMENTER = new Rights(true, ObjectAccess.WRITE);

    public static final Rights VIEWER = new Rights(true, ObjectAccess.READ);

    /** The same, but that the document cannot be changed. */
    Rights onlyReading() {
        return readonly ? this : new Rights(true, objects);
    }
}
