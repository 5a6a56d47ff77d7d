package dev.drawbridge.web.mcp;

import dev.drawbridge.agents.board.Board;
import dev.drawbridge.config.agents.McpWhenEnabled;
import dev.drawbridge.host.NodeMemory;
import dev.drawbridge.host.RoomCommandException;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.host.RoomDetails;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.TreeWeight;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import java.util.List;
import org.springframework.stereotype.Component;

/** Boards as they are stored: what is acknowledged, wherever they are open. */
@Component
@McpWhenEnabled
class Boards {
    /** What a record takes beside its text, at least. */
    private static final long A_RECORD = 100;

    private final RoomCommands rooms;
    private final CallBounds bounds;
    private final NodeMemory memory;

    Boards(RoomCommands rooms, CallBounds bounds, NodeMemory memory) {
        this.rooms = rooms;
        this.bounds = bounds;
        this.memory = memory;
    }

    /**
     * The board that a call is about. What it takes in memory is of the call's loan.
     *
     * @throws ToolFailure when it would never fit
     */
    Board read(Call call) throws RoomCommandException, ToolFailure {
        RoomDetails details = bounds.await(rooms.describe(call.board()));
        checkFits(details.bytes() + A_RECORD * details.records()); // before a stored one is read
        RoomSnapshot snapshot = bounds.await(rooms.snapshot(call.board(), call.loan()));
        long weight = snapshot.documents().stream()
                .mapToLong(record -> TreeWeight.of(record.json()))
                .sum();
        checkFits(weight);
        if (!call.loan().tryTake(weight)) {
            throw RoomCommandException.Unavailable.noMemory();
        }
        List<JsonObject> records =
                snapshot.documents().stream().map(StoredRecord::unpack).toList();
        return Board.of(records);
    }

    private void checkFits(long bytes) throws ToolFailure {
        if (bytes > memory.imports().most()) {
            throw ToolFailure.invalid(
                    "Nothing was done. The board is too large for this server to read it as a whole: read it page by page"
                            + " with read_records, and change it with put_records");
        }
    }
}
