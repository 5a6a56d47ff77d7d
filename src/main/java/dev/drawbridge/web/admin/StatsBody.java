package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;

@Schema(name = "Stats", description = "How much is going on at the node that answers.")
record StatsBody(
        @Schema(example = "drawbridge-0-3f9a1c") String node,
        @Schema(example = "1.0.0") String version,
        @Schema(example = "3600") long uptimeSeconds,

        @Schema(
                description = "Where rooms are kept.",
                allowableValues = {"sqlite", "redis"},
                example = "sqlite")
        String store,

        @Schema(
                description = "How many rooms are in each state.",
                example = "{\"loading\":0,\"active\":12,\"draining\":0,\"closed\":0,\"failed\":0}")
        Map<String, Integer> rooms,

        Sessions sessions,

        @Schema(description = "How many sockets are open.", example = "35")
        int connections,

        @Schema(description = "How many bytes wait to be sent, to all together.", example = "0")
        long outboxBytes) {

    @Schema(name = "SessionCounts", description = "How many take part in rooms.")
    record Sessions(
            @Schema(description = "Those who may edit.", example = "30")
            int editors,

            @Schema(description = "Those who may not.", example = "4")
            int viewers) {}
}
