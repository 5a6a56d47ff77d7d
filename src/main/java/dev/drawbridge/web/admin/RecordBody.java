package dev.drawbridge.web.admin;

import dev.drawbridge.room.StoredRecord;
import java.nio.charset.StandardCharsets;

/** A record in an answer. It is stored as what is to be sent, so that it need not be read to be written. */
record RecordBody(String json) {

    static RecordBody of(StoredRecord record) {
        return new RecordBody(new String(record.json(), StandardCharsets.UTF_8));
    }
}
