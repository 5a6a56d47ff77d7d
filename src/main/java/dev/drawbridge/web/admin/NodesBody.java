package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Nodes", description = "The nodes that run rooms.")
record NodesBody(List<Node> nodes) {

    @Schema(name = "Node", description = "A running server.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
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
            int connections,

            @Schema(
                    types = "integer",
                    format = "int32",
                    description =
                            "How many of these take part in rooms of other nodes; absent without a cluster, as all"
                                    + " that follows.",
                    example = "8")
            @Nullable
            Integer relayed,

            @Schema(types = "number", format = "double", description = "How busy it is, from 0 to 1.", example = "0.35")
            @Nullable
            Double load,

            @Schema(description = "Where the others reach it.", example = "10.0.3.17:7070") @Nullable
            String address,

            @Schema(description = "The nodes that it has a link to.", example = "[\"drawbridge-1-77ab09\"]") @Nullable
            List<String> links) {}
}
