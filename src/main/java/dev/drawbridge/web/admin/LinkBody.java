package dev.drawbridge.web.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.drawbridge.security.LinkTokens;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Schema(name = "Link", description = "A link into a room. Whoever has it may come in.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LinkBody(
        @Schema(description = "Path and query at this server.", example = "/r/team-retro?token=eyJhbGciOiJIUzI1NiJ9…")
        String path,

        @Schema(
                description =
                        "What who comes by it may do: where everybody is let in that is `edit`, whatever was asked"
                                + " for.",
                allowableValues = {"edit", "comment", "view"},
                example = "view")
        String permission,

        @Schema(description = "The token in it; absent where everybody is let in.") @Nullable
        String token,

        @Schema(description = "When it ends; absent where everybody is let in.") @Nullable
        Instant expires) {

    private static final String PAGE = "/r/";

    /** Where everybody is let in. */
    static LinkBody open(String roomId) {
        return new LinkBody(PAGE + roomId, "edit", null, null);
    }

    /** Neither a room's id nor a token has anything that is to be escaped in a URL. */
    static LinkBody of(LinkTokens.Wanted wanted, LinkTokens.Token token) {
        return new LinkBody(
                PAGE + wanted.roomId() + "?token=" + token.text(),
                wanted.permission().word(),
                token.text(),
                token.expires());
    }

    /** It opens a room: it ends in no log. */
    @Override
    public String toString() {
        return "LinkBody[permission=" + permission + ", expires=" + expires + "]";
    }
}
