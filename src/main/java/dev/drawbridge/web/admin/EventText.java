package dev.drawbridge.web.admin;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.follow.Feed;
import dev.drawbridge.events.follow.Followed;
import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Server-sent events as they are written. */
final class EventText {
    private static final byte[] DATA = ascii("\ndata: ");
    private static final byte[] END = ascii("\n\n");

    private EventText() {}

    /** What begins a stream, so that it is there before anything happens. */
    static byte[] hello() {
        return ascii(": what happens in rooms follows\n\n");
    }

    /** From here on nothing is left out. */
    static byte[] ready(EventId from) {
        return ascii("id: " + from.text() + "\nevent: ready\ndata: " + from(from) + "\n\n");
    }

    static byte[] of(Feed.Batch batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        batch.missed().ifPresent(from -> bytes.writeBytes(ascii("event: missed\ndata: " + from(from) + "\n\n")));
        for (Followed event : batch.events()) {
            bytes.writeBytes(ascii("id: " + event.id().text() + "\nevent: "
                    + event.filed().event().what().type().text()));
            bytes.writeBytes(DATA);
            bytes.writeBytes(event.json());
            bytes.writeBytes(END);
        }
        return bytes.toByteArray();
    }

    /** Nothing but that it is alive, and where to go on: what was not wanted need not be looked through again. */
    static byte[] alive(EventId at) {
        return ascii(":\nid: " + at.text() + "\n\n");
    }

    /** It ends here, and one is to come again in a while. */
    static byte[] comeAgain(int millis) {
        return ascii(": the server stops\nretry: " + millis + "\n\n");
    }

    private static String from(EventId id) {
        return Json.write(JsonObject.builder().put("from", id.text()).build());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
