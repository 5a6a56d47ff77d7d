package dev.drawbridge.store.redis;

import dev.drawbridge.redis.RedisFault;
import dev.drawbridge.redis.RedisLink;
import dev.drawbridge.store.Membership;
import dev.drawbridge.store.StoreException;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Membership by keys that expire. It has a connection of its own: what it says must not wait behind a large room that is
 * being read.
 *
 * <p>Commands that come late do no harm. A renewal extends what has not lapsed, and never brings it back. A joining makes a
 * node that is gone look alive for one time to live more. An ending of a node that has joined again since makes it look
 * gone: its rooms are taken over by the rules, and its next renewal tells it that it has lapsed.
 */
public final class RedisMembership implements Membership {
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("redis-members").start(task);

    private final RedisLink link;
    private final RoomKeys keys;
    private final Optional<MasterHistories> histories;
    private final InFlight inFlight = new InFlight();

    private RedisMembership(RedisLink link, RoomKeys keys, Optional<MasterHistories> histories) {
        this.link = link;
        this.keys = keys;
        this.histories = histories;
    }

    /**
     * Connects.
     *
     * @param client with options that {@link RedisRoomStore#neverSendTwice} has set; it stays the caller's
     * @param keyPrefix that of the rooms
     * @param patience how long a command may take: a fraction of the time to live
     * @throws StoreException when Redis cannot be reached
     */
    public static RedisMembership connect(AbstractRedisClient client, String keyPrefix, Duration patience) {
        RoomKeys keys = new RoomKeys(keyPrefix);
        RedisLink link = RoomFault.connected(client);
        link.connection().setTimeout(patience);
        Optional<MasterHistories> histories = client instanceof RedisClusterClient cluster
                        && link.connection() instanceof StatefulRedisClusterConnection<byte[], byte[]> connection
                ? Optional.of(new MasterHistories(cluster, connection, patience))
                : Optional.empty();
        return new RedisMembership(link, keys, histories);
    }

    @Override
    public CompletionStage<Roll> join(String nodeId, byte[] card, Duration timeToLive) {
        return roll("join", nodeId, card, timeToLive);
    }

    @Override
    public CompletionStage<Roll> renew(String nodeId, byte[] card, Duration timeToLive) {
        return roll("renew", nodeId, card, timeToLive);
    }

    private CompletionStage<Roll> roll(String what, String nodeId, byte[] card, Duration timeToLive) {
        return of("The node " + nodeId + " could not " + what, () -> {
            CompletionStage<Roll> own = RoomScripts.MEMBER
                    .answer(
                            link.commands(),
                            new byte[][] {keys.members(), keys.member(nodeId)},
                            bytes(what),
                            NodeName.of(nodeId),
                            card,
                            bytes(Long.toString(timeToLive.toMillis())),
                            keys.member(""))
                    .thenApply(RedisMembership::read);
            return histories
                    .map(masters -> own.thenCombineAsync(
                            masters.ask(), (roll, all) -> new Roll(roll.isMember(), roll.others(), all), THREADS))
                    .orElse(own);
        });
    }

    private static Roll read(List<Object> answer) {
        Map<String, byte[]> others = new HashMap<>();
        for (int i = 2; i < answer.size(); i += 2) {
            others.put(text(answer.get(i)), (byte[]) answer.get(i + 1));
        }
        return new Roll(text(answer.get(0)).equals("member"), others, text(answer.get(1)));
    }

    @Override
    public CompletionStage<Void> end(String nodeId) {
        return of("The membership of the node " + nodeId + " could not be ended", () -> link.commands()
                .del(keys.member(nodeId))
                .thenCompose(deleted -> link.commands().srem(keys.members(), bytes(nodeId)))
                .thenAccept(removed -> {}));
    }

    @Override
    public CompletionStage<Boolean> isAlive(String nodeId) {
        return of(
                "Whether the node " + nodeId + " is alive could not be found out",
                () -> link.commands().exists(keys.member(nodeId)).thenApply(found -> found > 0));
    }

    private <T> CompletionStage<T> of(String failure, Supplier<CompletionStage<T>> work) {
        return inFlight.begin(work)
                .exceptionallyCompose(error -> CompletableFuture.failedStage(
                        new StoreException(failure + ": " + RedisFault.reason(RedisFault.cause(error)), error)));
    }

    /** The client is the caller's to close. */
    @Override
    public void close() {
        try {
            inFlight.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
    }

    private static String text(Object part) {
        return new String((byte[]) part, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
