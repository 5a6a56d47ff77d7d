package dev.drawbridge.web.admin;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonValue;
import org.springframework.boot.jackson.JacksonComponent;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;

/** Puts records into answers as the rest of the server writes them. */
@JacksonComponent
class JsonValueSerializer extends ValueSerializer<JsonValue> {

    @Override
    public void serialize(JsonValue value, JsonGenerator generator, SerializationContext context) {
        generator.writeRawValue(Json.write(value));
    }
}
