package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Schema(name = "Audit", description = "What operators have done by this API.")
record AuditBody(
        @Schema(description = "The node that was asked to do it, and answers.", example = "drawbridge-0-3f9a1c")
        String node,

        @Schema(description = "The newest first.") List<Entry> entries) {

    static AuditBody of(String node, List<Audit.Entry> entries) {
        return new AuditBody(node, entries.stream().map(Entry::of).toList());
    }

    @Schema(name = "AuditEntry", description = "A request that was to change something.")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(
            Instant time,
            @Schema(example = "DELETE") String method,

            @Schema(
                    description = "As it was sent, cut short after 200 characters.",
                    example = "/admin/v1/rooms/team-retro")
            String path,

            @Schema(description = "The room that it was about, or that it made.", example = "team-retro") @Nullable
            String room,

            @Schema(description = "The status of its answer.", example = "204")
            int status,

            @Schema(description = "The address that it came from.", example = "10.0.3.4")
            String address) {

        private static Entry of(Audit.Entry entry) {
            return new Entry(
                    entry.time(),
                    entry.method(),
                    entry.path(),
                    entry.room().orElse(null),
                    entry.status(),
                    entry.address());
        }
    }
}
