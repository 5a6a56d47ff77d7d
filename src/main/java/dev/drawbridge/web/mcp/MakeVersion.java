package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.history.Reason;
import dev.drawbridge.history.Version;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.json.JsonString;
import dev.drawbridge.security.HistoryAccess;
import dev.drawbridge.web.admin.Past;
import dev.drawbridge.web.admin.VersionName;
import org.springframework.stereotype.Component;

/** Keeps what a board is now. */
@Component
@McpWhenEnabled
class MakeVersion implements Tool {
    private static final Card CARD = new Card(
            "make_version",
            "Make a version",
            "Keeps what the board is now as a version, which can be restored later. One with a name is kept for good.",
            ToolInput.of(
                    Parameter.board(),
                    Parameter.optional(
                            "name", new Kind.Text(Version.LONGEST_NAME), "What to call it: " + VersionName.RULE + ".")),
            new Right.WithThePast(HistoryAccess.RESTORE),
            Changes.ADDS,
            Place.AT_THE_BOARD);

    private final Past past;

    MakeVersion(Past past) {
        this.past = past;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws RoomCommandException {
        return "Made: "
                + VersionLine.of(past.make(
                        call.board(),
                        Reason.API,
                        call.arguments().text("name").flatMap(name -> VersionName.read(JsonString.of(name)))));
    }
}
