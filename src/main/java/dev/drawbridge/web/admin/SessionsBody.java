package dev.drawbridge.web.admin;

import dev.drawbridge.host.SessionDetails;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

@Schema(name = "Sessions", description = "Who is in a room.")
record SessionsBody(List<SessionBody> sessions) {

    static SessionsBody of(List<SessionDetails> sessions) {
        return new SessionsBody(sessions.stream().map(SessionBody::of).toList());
    }
}
