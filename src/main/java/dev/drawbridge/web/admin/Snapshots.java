package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.MalformedSnapshotException;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.SnapshotFormat;

/** Snapshots in requests. */
final class Snapshots {

    private Snapshots() {}

    static RoomSnapshot read(JsonValue json) {
        try {
            return SnapshotFormat.read(json);
        } catch (MalformedSnapshotException e) {
            throw new ProblemException(ProblemType.INVALID_SNAPSHOT, String.valueOf(e.getMessage()));
        }
    }
}
