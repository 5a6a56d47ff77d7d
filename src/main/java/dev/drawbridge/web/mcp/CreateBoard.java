package dev.drawbridge.web.mcp;

import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomDetails;
import dev.drawbridge.web.admin.RandomRoomId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes a board. */
@Component
@McpWhenEnabled
class CreateBoard implements Tool {
    private static final Card CARD = new Card(
            "create_board",
            "Create a board",
            "Makes a new, empty board. Only with the admin token.",
            ToolInput.of(Parameter.optional(
                    Parameter.BOARD,
                    new Kind.Board(),
                    "Its id, such as team-retro. Without it one is made that nobody guesses.")),
            new Right.Operators(),
            Changes.ADDS,
            Place.ANYWHERE);

    private final RoomCommands rooms;
    private final RandomRoomId chance;
    private final CallBounds bounds;

    CreateBoard(RoomCommands rooms, RandomRoomId chance, CallBounds bounds) {
        this.rooms = rooms;
        this.chance = chance;
        this.bounds = bounds;
    }

    @Override
    public Card card() {
        return CARD;
    }

    @Override
    public String call(Call call) throws RoomCommandException {
        String id = call.arguments().text(Parameter.BOARD).orElseGet(chance::next);
        RoomDetails made = bounds.await(rooms.create(id, Optional.empty()));
        return "Made the board " + made.id() + ". People find it at /r/" + made.id() + " of this server.";
    }
}
