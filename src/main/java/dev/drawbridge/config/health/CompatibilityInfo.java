package dev.drawbridge.config.health;

import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.protocol.Protocol;
import dev.drawbridge.schema.CurrentSchema;
import dev.drawbridge.schema.tldraw.TldrawSchema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** Which clients can be served: the protocol versions, and how new their schema may be. */
@Component
class CompatibilityInfo implements InfoContributor {
    private final CurrentSchema schema;

    CompatibilityInfo(CurrentSchema schema) {
        this.schema = schema;
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("protocol", Map.of("oldest", Protocol.OLDEST_VERSION, "newest", Protocol.VERSION));
        builder.withDetail("schema", Map.of("tldraw", TldrawSchema.RELEASE, "sequences", sequences()));
    }

    private Map<String, Integer> sequences() {
        Map<String, Integer> sequences = new LinkedHashMap<>();
        if (schema.get().serialize().json().get("sequences") instanceof JsonObject versions) {
            versions.entries().forEach(sequence -> {
                if (sequence.getValue() instanceof JsonNumber(double version)) {
                    sequences.put(sequence.getKey(), (int) version);
                }
            });
        }
        return sequences;
    }
}
