package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.host.SessionDetails;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

@Schema(name = "Session", description = "Somebody in a room.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionBody(
        @Schema(example = "TLDRAW_INSTANCE_STATE_V1_yW3FPbxDgGhcI5iXQjJXz")
        String id,

        @Schema(description = "The user as the access check named it; absent in open rooms.") @Nullable
        User user,

        @Schema(
                description =
                        "`awaiting-connect`: the handshake is to come. `connected`: takes part. `awaiting-removal`:"
                                + " lost, and may come back within seconds.",
                allowableValues = {"awaiting-connect", "connected", "awaiting-removal"},
                example = "connected")
        String state,

        @Schema(
                description = "The protocol version that the client speaks; absent before its handshake.",
                example = "8")
        @Nullable
        Integer protocol,

        @Schema(
                description = "How many migrations its schema is behind the server's; absent before its handshake.",
                example = "0")
        @Nullable
        Integer migrationsBehind,

        @Schema(description = "When its socket was opened.") Instant since,

        @Schema(description = "Whether they may not change the document.")
        boolean readonly,

        @Schema(
                description = "Whether they may change the records of the object lane, such as comments.",
                allowableValues = {"read", "write"},
                example = "write")
        String objectAccess,

        @Schema(description = "How many bytes wait to be sent to it.", example = "0")
        long queuedBytes) {

    static SessionBody of(SessionDetails session) {
        return new SessionBody(
                session.id(),
                session.userId()
                        .map(id -> new User(id, session.userName().orElse(null)))
                        .orElse(null),
                session.state().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                orNull(session.protocol()),
                orNull(session.migrationsBehind()),
                session.since(),
                session.rights().readonly(),
                session.rights().objects().word(),
                session.queuedBytes());
    }

    private static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? (Integer) value.getAsInt() : null;
    }

    @Schema(name = "User")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record User(
            @Schema(example = "u-42") String id,
            @Schema(example = "Ada") @Nullable String name) {}
}
