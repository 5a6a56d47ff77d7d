package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.history.Restored;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.security.HistoryAccess;
import dev.drawbridge.web.admin.Past;
import java.util.OptionalLong;
import org.springframework.stereotype.Component;

/** Makes a board what it was. */
@Component
@McpWhenEnabled
class RestoreVersion implements Tool {
    private static final Card CARD = new Card(
            "restore_version",
            "Restore a version",
            "Makes the board what it was in a version, for everybody who is there. What was drawn since is undone, by"
                    + " people too; it stays as a version that the answer names. Ask people before you do this.",
            ToolInput.of(
                    Parameter.board(),
                    Parameter.required("version", new Kind.Text(100), "Id of the version, from list_versions.")),
            new Right.WithThePast(HistoryAccess.RESTORE),
            Changes.REPLACES,
            Place.AT_THE_BOARD);

    private final Past past;

    RestoreVersion(Past past) {
        this.past = past;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws RoomCommandException {
        Restored restored = past.restore(call.board(), call.arguments().needed("version"), OptionalLong.empty());
        return "Restored; the board is at clock " + restored.documentClock()
                + ". To undo this, restore what was there before: version "
                + restored.before().id().text() + ".";
    }
}
