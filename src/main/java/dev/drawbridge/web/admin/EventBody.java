package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.json.Json;

/** An event in an answer, as it is told everywhere. */
record EventBody(String json) {

    static EventBody of(FiledEvent event) {
        return new EventBody(Json.write(EventFormat.outside(event, false)));
    }
}
