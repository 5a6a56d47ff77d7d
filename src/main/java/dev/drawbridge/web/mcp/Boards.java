package dev.drawbridge.web.mcp;

import dev.drawbridge.agents.board.Board;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.TreeWeight;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Boards as they are stored: what is acknowledged, wherever they are open. */
@Component
@McpWhenEnabled
class Boards {
    private final RoomCommands rooms;
    private final CallBounds bounds;

    Boards(RoomCommands rooms, CallBounds bounds) {
        this.rooms = rooms;
        this.bounds = bounds;
    }

    /** The board that a call is about. What it takes in memory is of the call's loan. */
    Board read(Call call) throws RoomCommandException {
        RoomSnapshot snapshot = bounds.await(rooms.snapshot(call.board(), call.loan()));
        List<JsonObject> records = new ArrayList<>(snapshot.documents().size());
        for (StoredRecord record : snapshot.documents()) {
            if (!call.loan().tryTake(TreeWeight.of(record.json()))) {
                throw RoomCommandException.Unavailable.noMemory();
            }
            records.add(record.unpack());
        }
        return Board.of(records);
    }
}
