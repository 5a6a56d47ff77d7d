package dev.drawbridge.web.admin;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

@Schema(name = "Nodes", description = "The nodes that run rooms.")
record NodesBody(List<Node> nodes) {

    @Schema(name = "Node", description = "A running server.")
    record Node(
            @Schema(description = "New at each start.", example = "drawbridge-0-3f9a1c")
            String id,

            @Schema(
                    description = "`draining`: it shuts down and hands its rooms over.",
                    allowableValues = {"accepting", "draining"},
                    example = "accepting")
            String state,

            Instant started,
            @Schema(example = "1.0.0") String version,

            @Schema(description = "How many rooms it has open.", example = "12")
            int rooms,

            @Schema(description = "How many take part in them.", example = "34")
            int sessions,

            @Schema(description = "How many sockets are open.", example = "35")
            int connections) {}
}
