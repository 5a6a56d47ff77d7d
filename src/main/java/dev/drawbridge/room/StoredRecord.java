package dev.drawbridge.room;

import dev.drawbridge.protocol.EncodedRecord;

/**
 * A document record as it is kept, stored and sent: UTF-8 JSON. The array is shared; nobody writes to it.
 *
 * @param lastChangedClock the document clock of its last change (§10)
 */
public record StoredRecord(String id, byte[] json, long lastChangedClock) implements EncodedRecord {}
