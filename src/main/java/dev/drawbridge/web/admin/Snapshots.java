package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.room.MalformedSnapshotException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.SnapshotFormat;
import java.io.IOException;

/** Snapshots in requests. */
final class Snapshots {

    private Snapshots() {}

    static RoomSnapshot read(JsonStream json) throws IOException, JsonException {
        try {
            return SnapshotFormat.read(json);
        } catch (MalformedSnapshotException e) {
            throw new ProblemException(ProblemType.INVALID_SNAPSHOT, String.valueOf(e.getMessage()));
        }
    }
}
