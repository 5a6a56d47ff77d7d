package dev.drawbridge.store.redis;

import dev.drawbridge.redis.Waiting;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.store.StorageKey;
import io.lettuce.core.MapScanCursor;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a room in pieces, so that a large one does not hold Redis up. Whether the pieces belong together has to be found
 * out by who asks. Waits for Redis: to be run on a thread that may.
 */
record RoomPieces(RedisClusterAsyncCommands<byte[], byte[]> redis, RoomKeys keys) {
    private static final ScanArgs RECORDS_AT_ONCE = ScanArgs.Builder.limit(500);
    private static final int TOMBSTONES_AT_ONCE = 5_000;

    /** A scan may name a record twice, and misses some when the key moves to another server meanwhile. */
    void records(String roomId, Consumer<StoredRecord> each) {
        ScanCursor cursor = ScanCursor.INITIAL;
        do {
            MapScanCursor<byte[], byte[]> page =
                    Waiting.on(redis.hscan(keys.documents(roomId), cursor, RECORDS_AT_ONCE));
            page.getMap().forEach((key, value) -> each.accept(DocumentValue.read(id(key), value)));
            cursor = page;
        } while (!cursor.isFinished());
    }

    Map<String, Long> tombstones(String roomId) {
        Map<String, Long> tombstones = new LinkedHashMap<>();
        List<ScoredValue<byte[]>> page;
        do {
            long start = tombstones.size();
            page = Waiting.on(redis.zrangeWithScores(keys.tombstones(roomId), start, start + TOMBSTONES_AT_ONCE - 1));
            for (ScoredValue<byte[]> tombstone : page) {
                tombstones.put(id(tombstone.getValue()), (long) tombstone.getScore());
            }
        } while (page.size() == TOMBSTONES_AT_ONCE);
        return tombstones;
    }

    static String id(byte[] key) {
        return StorageKey.toId(new String(key, StandardCharsets.UTF_8));
    }
}
