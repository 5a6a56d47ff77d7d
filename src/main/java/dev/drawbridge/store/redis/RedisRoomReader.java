package dev.drawbridge.store.redis;

import dev.drawbridge.redis.Waiting;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.SchemaText;
import dev.drawbridge.store.StoreException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a room for its new owner, in pieces. Nobody else can commit, so the pieces belong together as long as it is the
 * owner: that is asked at the end. Waits for Redis: to be run on a thread that may.
 */
final class RedisRoomReader {
    private final RedisClusterAsyncCommands<byte[], byte[]> redis;
    private final RoomKeys keys;

    RedisRoomReader(RedisClusterAsyncCommands<byte[], byte[]> redis, RoomKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    OpenedRoom read(String roomId, TakenOver room) {
        if (room.clock() == 0) {
            return new OpenedRoom(room.owner(), Optional.empty(), false, new ClockFloor(redis, keys).read());
        }
        SerializedSchema schema = SchemaText.read(room.schema());
        RoomPieces pieces = new RoomPieces(redis, keys);
        Map<String, StoredRecord> documents = new LinkedHashMap<>();
        pieces.records(roomId, record -> documents.put(record.id(), record));
        Map<String, Long> tombstones = pieces.tombstones(roomId);
        if (!isStillOwnedBy(roomId, room.owner())) {
            throw new StoreException("somebody else has opened it, or it was deleted, while it was being read");
        }
        if (documents.size() != room.documents() || tombstones.size() != room.tombstones()) {
            throw new StoreException("only " + documents.size() + " of " + room.documents() + " records and "
                    + tombstones.size() + " of " + room.tombstones() + " tombstones were found");
        }
        RoomSnapshot snapshot = new RoomSnapshot(
                List.copyOf(documents.values()), tombstones, room.clock(), room.historyStartsAt(), schema);
        return new OpenedRoom(room.owner(), Optional.of(snapshot), !room.sameHistory());
    }

    private boolean isStillOwnedBy(String roomId, Ownership owner) {
        return Waiting.on(RoomScripts.OWNED.run(
                        redis,
                        keys.of(roomId),
                        Long.toString(owner.epoch()).getBytes(StandardCharsets.UTF_8),
                        owner.token().getBytes(StandardCharsets.UTF_8)))
                .getFirst()
                .equals("owned");
    }
}
