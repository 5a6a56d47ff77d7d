package dev.drawbridge.web.admin;

import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Puts events into answers as they are. */
@JacksonComponent
class EventBodySerializer extends ValueSerializer<EventBody> {

    @Override
    public void serialize(EventBody event, JsonGenerator generator, SerializationContext context) {
        generator.writeRawValue(event.json());
    }
}
