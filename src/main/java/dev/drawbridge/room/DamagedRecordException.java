package dev.drawbridge.room;

import dev.drawbridge.json.Quoted;

/** A stored record that is no record any more: damaged outside of this program. The room it is in cannot go on. */
public final class DamagedRecordException extends IllegalStateException {

    DamagedRecordException(String recordId, String why) {
        super("stored record " + Quoted.bare(recordId) + " is damaged: " + why);
    }
}
