package dev.drawbridge.web.mcp;

import dev.drawbridge.agents.board.Board;
import dev.drawbridge.agents.board.BoardText;
import dev.drawbridge.agents.board.Box;
import dev.drawbridge.agents.board.Pointing;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.json.JsonNumber;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.Quoted;
import dev.drawbridge.security.Permission;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is on a board, in few words. */
@Component
@McpWhenEnabled
class ReadBoard implements Tool {
    private static final Card CARD = new Card(
            "read_board",
            "Read a board",
            "Says what is on a board: its pages, and below each the shapes, one a line with id, type, x,y, size, text and"
                    + " colour; what is in a frame or group is indented, and its x,y count from there; arrows say what they"
                    + " connect. Read a part of a large board with page and region.",
            ToolInput.of(
                    Parameter.board(),
                    Parameter.optional("page", new Kind.Text(200), "Id of the only page to read, such as page:page."),
                    Parameter.optional(
                            "region",
                            new Kind.Area(),
                            "Only shapes that meet this box of their page, such as {\"x\":0,\"y\":0,\"w\":1000,\"h\":800}.")),
            new Right.InTheBoard(Permission.VIEW),
            Changes.NOTHING,
            Place.ANYWHERE);

    private final Boards boards;
    private final RoomCommands rooms;
    private final Works works;
    private final CallBounds bounds;

    ReadBoard(Boards boards, RoomCommands rooms, Works works, CallBounds bounds) {
        this.boards = boards;
        this.rooms = rooms;
        this.works = works;
        this.bounds = bounds;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws RoomCommandException, ToolFailure {
        Board board = boards.read(call);
        BoardText.Options options = BoardText.Options.ALL.atMost(bounds.characters());
        Optional<String> page = call.arguments().text("page");
        if (page.isPresent() && !board.pageIds().contains(page.get())) {
            throw ToolFailure.invalid("page: is " + Quoted.of(page.get()) + ", expected one of "
                    + String.join(", ", board.pageIds().stream().limit(20).toList()));
        }
        if (page.isPresent()) {
            options = options.ofPage(page.get());
        }
        Optional<JsonObject> region = call.arguments().object("region");
        if (region.isPresent()) {
            options = options.within(box(region.get()));
        }
        show(call, board, page, region.map(ReadBoard::box));
        return BoardText.of(board, options);
    }

    /** Those who are there see it look, as they would see a person. Where nobody is there, nobody need see it. */
    private void show(Call call, Board board, Optional<String> page, Optional<Box> region) throws RoomCommandException {
        Optional<String> shown = page.or(() -> board.pageIds().stream().findFirst());
        if (shown.isEmpty()
                || bounds.await(rooms.describe(call.board())).sessions().orElse(0) == 0) {
            return;
        }
        Box seen = region.or(() -> board.box(shown.get())).orElse(new Box(0, 0, 0, 0));
        works.look(call, new Pointing(shown.get(), seen.x() + seen.w() / 2, seen.y() + seen.h() / 2, List.of()));
    }

    private static Box box(JsonObject area) {
        return new Box(number(area, "x"), number(area, "y"), number(area, "w"), number(area, "h"));
    }

    private static double number(JsonObject area, String name) {
        return area.get(name) instanceof JsonNumber(double value) ? value : 0;
    }
}
