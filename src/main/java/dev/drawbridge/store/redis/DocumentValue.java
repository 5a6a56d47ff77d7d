package dev.drawbridge.store.redis;

import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.StoredJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A record as the documents hash keeps it, in exactly this form: <code>{"state":{…},"lastChangedClock":n}</code>. */
final class DocumentValue {
    private static final byte[] BEFORE_STATE = "{\"state\":".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BEFORE_CLOCK = ",\"lastChangedClock\":".getBytes(StandardCharsets.UTF_8);

    private DocumentValue() {}

    static byte[] of(StoredRecord record) {
        byte[] json = record.json();
        byte[] clock = (record.lastChangedClock() + "}").getBytes(StandardCharsets.UTF_8);
        byte[] value = new byte[BEFORE_STATE.length + json.length + BEFORE_CLOCK.length + clock.length];
        System.arraycopy(BEFORE_STATE, 0, value, 0, BEFORE_STATE.length);
        System.arraycopy(json, 0, value, BEFORE_STATE.length, json.length);
        System.arraycopy(BEFORE_CLOCK, 0, value, BEFORE_STATE.length + json.length, BEFORE_CLOCK.length);
        System.arraycopy(clock, 0, value, value.length - clock.length, clock.length);
        return value;
    }

    /**
     * Reads a record back.
     *
     * @throws StoreException when the value is damaged
     */
    static StoredRecord read(String id, byte[] value) {
        int digits = value.length - 1;
        while (digits > 0 && value[digits - 1] >= '0' && value[digits - 1] <= '9') {
            digits--;
        }
        int stateEnd = digits - BEFORE_CLOCK.length;
        if (stateEnd < BEFORE_STATE.length
                || !Arrays.equals(value, 0, BEFORE_STATE.length, BEFORE_STATE, 0, BEFORE_STATE.length)
                || !Arrays.equals(value, stateEnd, digits, BEFORE_CLOCK, 0, BEFORE_CLOCK.length)
                || digits == value.length - 1
                || value[value.length - 1] != '}') {
            throw new StoreException(
                    "the record " + id + " is damaged: it does not read {\"state\":…,\"lastChangedClock\":n}");
        }
        StoredJson.check(value, BEFORE_STATE.length, stateEnd - BEFORE_STATE.length, "the record " + id);
        String clock = new String(value, digits, value.length - 1 - digits, StandardCharsets.UTF_8);
        try {
            return new StoredRecord(
                    id, Arrays.copyOfRange(value, BEFORE_STATE.length, stateEnd), Long.parseLong(clock));
        } catch (NumberFormatException e) {
            throw new StoreException("the record " + id + " is damaged: its clock is " + clock, e);
        }
    }
}
