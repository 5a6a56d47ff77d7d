package dev.drawbridge.store.redis;

import dev.drawbridge.redis.RedisFault;
import dev.drawbridge.redis.RedisLink;
import dev.drawbridge.redis.Waiting;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a Redis server is set to survive. What is not known is null.
 *
 * @param appendOnly whether every write goes to a log on the disk
 * @param appendFsync when that log is synced: {@code always}, {@code everysec}, {@code no}
 * @param evictionPolicy what is thrown away when the memory is full
 */
record RedisDurability(
        @Nullable Boolean appendOnly,
        @Nullable String appendFsync,
        @Nullable String evictionPolicy) {
    private static final Logger log = LoggerFactory.getLogger(RedisDurability.class);

    /** Looks at each server and says what holds there. A server that does not tell stops nobody. */
    static void log(RedisLink link) {
        link.masters().forEach((name, redis) -> {
            String server = name.isEmpty() ? "Redis" : "Redis " + name;
            try {
                RedisDurability durability = read(redis);
                log.info("{} keeps the rooms with {}", server, durability.settings());
                durability.warnings().forEach(warning -> log.warn("{}: {}", server, warning));
            } catch (RuntimeException e) {
                log.warn("{} does not tell how durable it is: {}", server, RedisFault.reason(e));
            }
        });
    }

    static RedisDurability read(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        try {
            String appendOnly = config(redis, "appendonly");
            return new RedisDurability(
                    appendOnly == null ? null : appendOnly.equals("yes"),
                    config(redis, "appendfsync"),
                    config(redis, "maxmemory-policy"));
        } catch (RedisCommandExecutionException e) {
            return readWithoutConfig(redis); // hosted Redis often forbids CONFIG
        }
    }

    static RedisDurability readWithoutConfig(RedisClusterAsyncCommands<byte[], byte[]> redis) {
        String aof = info(redis, "persistence", "aof_enabled");
        return new RedisDurability(
                aof == null ? null : aof.equals("1"), null, info(redis, "memory", "maxmemory_policy"));
    }

    private static @Nullable String config(RedisClusterAsyncCommands<byte[], byte[]> redis, String name) {
        Map<String, String> values = Waiting.on(redis.configGet(name));
        return values.get(name);
    }

    private static @Nullable String info(RedisClusterAsyncCommands<byte[], byte[]> redis, String section, String name) {
        return Waiting.on(redis.info(section))
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(null);
    }

    String settings() {
        return "appendonly " + (appendOnly == null ? "unknown" : appendOnly ? "yes" : "no") + ", appendfsync "
                + (appendFsync == null ? "unknown" : appendFsync) + ", maxmemory-policy "
                + (evictionPolicy == null ? "unknown" : evictionPolicy);
    }

    /** Where these settings do not keep the promise that what was acknowledged is stored. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (appendOnly == null) {
            warnings.add("it does not tell whether writes are kept on a disk; with appendonly off, a restart loses what"
                    + " was acknowledged since the last dump");
        } else if (!appendOnly) {
            warnings.add("appendonly is off: when it restarts, what was acknowledged since the last dump is lost."
                    + " Set appendonly yes");
        } else if (appendFsync == null) {
            warnings.add(
                    "it does not tell when its log is synced (CONFIG GET is forbidden); unless appendfsync is always,"
                            + " a power cut loses the last seconds");
        } else if (!appendFsync.equals("always")) {
            warnings.add(
                    "appendfsync is " + appendFsync + ": when its machine fails, what was acknowledged in the last "
                            + (appendFsync.equals("everysec") ? "second or two" : "half minute or so")
                            + " is lost. appendfsync always loses nothing, and is slower");
        }
        if (evictionPolicy != null && evictionPolicy.startsWith("allkeys")) {
            warnings.add("maxmemory-policy is " + evictionPolicy
                    + ": when its memory is full it throws rooms away. Set noeviction");
        }
        return warnings;
    }
}
