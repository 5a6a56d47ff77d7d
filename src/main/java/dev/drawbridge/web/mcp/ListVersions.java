package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.history.Version;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.security.HistoryAccess;
import dev.drawbridge.web.admin.Past;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a board was. */
@Component
@McpWhenEnabled
class ListVersions implements Tool {
    private static final int MOST = 100;
    private static final int USUAL = 20;

    private static final Card CARD = new Card(
            "list_versions",
            "List versions",
            "Lists versions of a board, the newest first, one a line: id, time, why it was made (before-agent: before an"
                    + " agent's first change), its name, and who had changed the board until then.",
            ToolInput.of(
                    Parameter.board(),
                    Parameter.optional("limit", new Kind.Whole(1, MOST), "The most versions; " + USUAL + " if absent."),
                    Parameter.optional("cursor", new Kind.Text(200), "Goes on where an answer before has ended.")),
            new Right.WithThePast(HistoryAccess.READ),
            Changes.NOTHING,
            Place.ANYWHERE);

    private final Past past;
    private final CallBounds bounds;

    ListVersions(Past past, CallBounds bounds) {
        this.past = past;
        this.bounds = bounds;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws RoomCommandException {
        Past.Page page = past.list(
                call.board(), call.arguments().text("cursor"), call.arguments().whole("limit", USUAL));
        Lines lines = bounds.lines();
        Optional<String> next = page.next();
        String last = "";
        for (Version version : page.versions()) {
            if (!lines.add(VersionLine.of(version))) {
                next = Optional.of(last);
                break;
            }
            last = version.id().text();
        }
        if (next.isPresent()) {
            return lines.end("There are more: call again with cursor=\"" + next.get() + "\"")
                    .toString();
        }
        return lines.isEmpty() ? "The board has no versions." : lines.toString();
    }
}
