package dev.drawbridge.store.redis;

import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.SchemaText;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a room in pieces, so that a large one does not hold Redis up. Its new owner reads, and nobody else can commit, so
 * the pieces belong together as long as it is the owner: that is asked at the end. Waits for Redis: to be run on a thread
 * that may.
 */
final class RedisRoomReader {
    private static final ScanArgs RECORDS_AT_ONCE = ScanArgs.Builder.limit(500);
    private static final int TOMBSTONES_AT_ONCE = 5_000;

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
        Map<String, StoredRecord> documents = documents(roomId);
        Map<String, Long> tombstones = tombstones(roomId);
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

    /** A scan may name a record twice, and misses some when the key moves to another server meanwhile. */
    private Map<String, StoredRecord> documents(String roomId) {
        Map<String, StoredRecord> documents = new LinkedHashMap<>();
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            MapScanCursor<byte[], byte[]> page =
                    Waiting.on(redis.hscan(keys.documents(roomId), cursor, RECORDS_AT_ONCE));
            page.getMap().forEach((key, value) -> {
                String id = StorageKey.toId(new String(key, StandardCharsets.UTF_8));
                documents.put(id, DocumentValue.read(id, value));
            });
            cursor = page;
        } while (!cursor.isFinished());
        return documents;
    }

    private Map<String, Long> tombstones(String roomId) {
        Map<String, Long> tombstones = new LinkedHashMap<>();
        List<ScoredValue<byte[]>> page = new ArrayList<>();
        do {
            long start = tombstones.size();
            page = Waiting.on(redis.zrangeWithScores(keys.tombstones(roomId), start, start + TOMBSTONES_AT_ONCE - 1));
            for (ScoredValue<byte[]> tombstone : page) {
                String id = StorageKey.toId(new String(tombstone.getValue(), StandardCharsets.UTF_8));
                tombstones.put(id, (long) tombstone.getScore());
            }
        } while (page.size() == TOMBSTONES_AT_ONCE);
        return tombstones;
    }

    private boolean isStillOwnedBy(String roomId, Ownership owner) {
        return Waiting.on(RedisScript.OWNED.run(
                        redis,
                        keys.of(roomId),
                        Long.toString(owner.epoch()).getBytes(StandardCharsets.UTF_8),
                        owner.token().getBytes(StandardCharsets.UTF_8)))
                .getFirst()
                .equals("owned");
    }
}
