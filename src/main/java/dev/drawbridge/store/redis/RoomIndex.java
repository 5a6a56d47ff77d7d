package dev.drawbridge.store.redis;

import dev.drawbridge.redis.Waiting;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomSummary;
import io.lettuce.core.KeyValue;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The list of rooms: a sorted set of room ids beside the rooms, because going through all keys of a large Redis for each
 * page would take seconds. On a cluster it is in another slot than most rooms, so no script can keep it with them. It is
 * therefore a list of candidates, and the rooms themselves say whether they exist:
 *
 * <ul>
 *   <li>Opening takes the room over first and enters it here second, before anybody can commit to it.
 *   <li>Deleting deletes the room first and its entry second, looks for the room again, and puts the entry back when
 *       somebody has opened it meanwhile.
 * </ul>
 *
 * So every stored room has an entry, and an entry without a room is skipped. The one exception: when the server of the
 * index loses its latest writes and the servers of the rooms do not, a room is missing until it is opened again.
 */
final class RoomIndex {
    private static final byte[][] SUMMARY = {
        bytes("clock"), bytes("documents"), bytes("bytes"), bytes("created"), bytes("changed"), bytes("owner")
    };

    private static final byte[] NOBODY = {};

    private final RedisClusterAsyncCommands<byte[], byte[]> redis;
    private final RoomKeys keys;

    RoomIndex(RedisClusterAsyncCommands<byte[], byte[]> redis, RoomKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    CompletionStage<Long> add(String roomId) {
        return redis.zadd(keys.index(), 0, member(roomId));
    }

    /** To be called when the room has been deleted. */
    CompletionStage<Long> remove(String roomId) {
        return redis.zrem(keys.index(), member(roomId))
                .thenCompose(removed -> redis.exists(keys.meta(roomId)))
                .thenCompose(exists -> exists > 0 ? add(roomId) : CompletableFuture.completedFuture(0L));
    }

    /** Waits for Redis: to be run on a thread that may. */
    RoomPage list(String prefix, Optional<String> after, int limit) {
        String start = RoomKeys.prefixTag(prefix);
        Range.Boundary<byte[]> from = after.map(RoomKeys::tag)
                .filter(last -> last.compareTo(start) >= 0)
                .map(last -> Range.Boundary.excluding(bytes(last)))
                .orElse(Range.Boundary.including(bytes(start)));
        List<RoomSummary> found = new ArrayList<>();
        while (found.size() <= limit) {
            List<byte[]> candidates = Waiting.on(redis.zrangebylex(
                    keys.index(), Range.from(from, Range.Boundary.unbounded()), Limit.from(limit + 1L)));
            List<CompletionStage<Optional<RoomSummary>>> checked = candidates.stream()
                    .map(tag -> new String(tag, StandardCharsets.UTF_8))
                    .takeWhile(tag -> tag.startsWith(start))
                    .map(tag -> find(RoomKeys.roomId(tag)))
                    .toList();
            checked.forEach(candidate -> Waiting.on(candidate).ifPresent(found::add));
            if (checked.size() <= limit) {
                break;
            }
            from = Range.Boundary.excluding(candidates.getLast());
        }
        return RoomPage.of(found, limit);
    }

    /** What the meta key of a room says; empty when nothing is stored of it. */
    CompletionStage<Optional<RoomSummary>> find(String roomId) {
        return redis.hmget(keys.meta(roomId), SUMMARY)
                .thenApply(fields -> summary(roomId, fields))
                .exceptionally(error -> damaged(roomId, error));
    }

    private static Optional<RoomSummary> summary(String roomId, List<KeyValue<byte[], byte[]>> fields) {
        long clock = number(fields.get(0));
        if (clock == 0) {
            return Optional.empty();
        }
        return Optional.of(new RoomSummary(
                roomId,
                clock,
                new DocumentSize((int) number(fields.get(1)), number(fields.get(2))),
                Instant.ofEpochMilli(number(fields.get(3))),
                Instant.ofEpochMilli(number(fields.get(4))),
                NodeName.read(fields.get(5).getValueOrElse(NOBODY))));
    }

    /** A field that is missing, or is damaged, counts as zero: who opens the room is told what is wrong with it. */
    private static long number(KeyValue<byte[], byte[]> field) {
        String text = field.hasValue() ? new String(field.getValue(), StandardCharsets.UTF_8) : "";
        return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
    }

    /** A room whose key is no hash is listed, so that somebody sees it. */
    private static Optional<RoomSummary> damaged(String roomId, Throwable error) {
        Throwable cause = error.getCause() == null ? error : error.getCause();
        if (cause instanceof RedisCommandExecutionException) {
            return Optional.of(new RoomSummary(roomId, 0, DocumentSize.EMPTY, Instant.EPOCH, Instant.EPOCH));
        }
        throw new IllegalStateException(cause);
    }

    private static byte[] member(String roomId) {
        return bytes(RoomKeys.tag(roomId));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
