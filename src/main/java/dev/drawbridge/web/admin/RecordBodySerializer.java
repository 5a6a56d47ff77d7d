package dev.drawbridge.web.admin;

import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Puts records into answers as they are. */
@JacksonComponent
class RecordBodySerializer extends ValueSerializer<RecordBody> {

    @Override
    public void serialize(RecordBody record, JsonGenerator generator, SerializationContext context) {
        generator.writeRawValue(record.json());
    }
}
