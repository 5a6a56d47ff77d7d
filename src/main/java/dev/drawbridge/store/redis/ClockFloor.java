package dev.drawbridge.store.redis;

import dev.drawbridge.redis.Waiting;
import dev.drawbridge.store.StoreException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;

/**
 * The highest clock that a deleted room had: one that is made again under its name has to begin beyond it. New rooms begin
 * at the time of day, so this is for nodes whose clocks differ and for rooms that have been made to jump. On a cluster it is
 * in another slot than most rooms, so it is written when the room is gone already, before anybody is told: between the two
 * the time of day alone has to do.
 */
final class ClockFloor {
    private final RedisClusterAsyncCommands<byte[], byte[]> redis;
    private final byte[] key;

    ClockFloor(RedisClusterAsyncCommands<byte[], byte[]> redis, RoomKeys keys) {
        this.redis = redis;
        this.key = keys.clockFloor();
    }

    CompletionStage<?> raise(long clock) {
        return RoomScripts.REMEMBER.run(
                redis, new byte[][] {key}, Long.toString(clock).getBytes(StandardCharsets.UTF_8));
    }

    /** Waits for Redis: to be run on a thread that may. */
    long read() {
        byte[] clock = Waiting.on(redis.get(key));
        try {
            return clock == null ? 0 : Long.parseLong(new String(clock, StandardCharsets.UTF_8));
        } catch (NumberFormatException e) {
            throw new StoreException("the key " + new String(key, StandardCharsets.UTF_8) + " holds no number", e);
        }
    }
}
