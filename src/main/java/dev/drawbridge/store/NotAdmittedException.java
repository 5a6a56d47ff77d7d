package dev.drawbridge.store;

import dev.drawbridge.room.DocumentSize;

/** A room was not read, because its {@link Admission} did not admit it. Nothing is wrong with the store. */
public final class NotAdmittedException extends StoreException {
    public NotAdmittedException(String roomId, DocumentSize size) {
        super("The room " + roomId + " of " + size.bytes() + " bytes was not read: there is no room for it");
    }
}
