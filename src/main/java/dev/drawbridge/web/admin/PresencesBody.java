package dev.drawbridge.web.admin;

import dev.drawbridge.host.RoomCommands;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

@Schema(name = "Presences", description = "Who is where in a room.")
record PresencesBody(List<PresenceBody> presence) {

    static PresencesBody of(List<RoomCommands.Present> present, Instant now) {
        return new PresencesBody(
                present.stream().map(each -> PresenceBody.of(each, now)).toList());
    }
}
