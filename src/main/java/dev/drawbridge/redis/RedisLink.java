package dev.drawbridge.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/** One connection of a store, to a server, to the master that Sentinel names, or to a cluster. */
public record RedisLink(
        StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> commands)
        implements AutoCloseable {

    /**
     * Options under which a command that may have been carried out is not sent again: while the connection is down
     * commands fail at once, and those that were under way when it went down fail then. Whether they were carried out is
     * found out by who asked for them. A delete that is sent a second time, minutes later, would hit a new room.
     */
    public static void neverSendTwice(ClientOptions.Builder options) {
        options.disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .replayFilter(command -> true)
                .timeoutOptions(TimeoutOptions.enabled());
    }

    /**
     * Connects.
     *
     * @param client with options that {@link #neverSendTwice} has set; it stays the caller's
     * @throws RedisException when Redis cannot be reached; what it says is for operators
     */
    public static RedisLink open(AbstractRedisClient client) {
        try {
            return switch (client) {
                case RedisClusterClient cluster -> {
                    StatefulRedisClusterConnection<byte[], byte[]> connection =
                            cluster.connect(ByteArrayCodec.INSTANCE);
                    yield new RedisLink(connection, connection.async());
                }
                case RedisClient server -> {
                    StatefulRedisConnection<byte[], byte[]> connection = server.connect(ByteArrayCodec.INSTANCE);
                    yield new RedisLink(connection, connection.async());
                }
                default -> throw new IllegalArgumentException("not a client of Redis: " + client);
            };
        } catch (RedisException e) {
            throw new RedisException(
                    "Redis cannot be reached; check spring.data.redis.* (" + RedisFault.reason(e) + ")", e);
        }
    }

    /** The commands of each server that takes writes, by its name; one without a name where there is but one. */
    public Map<String, RedisClusterAsyncCommands<byte[], byte[]>> masters() {
        Map<String, RedisClusterAsyncCommands<byte[], byte[]>> masters = new LinkedHashMap<>();
        if (connection instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster) {
            for (RedisClusterNode node : cluster.getPartitions()) {
                if (node.getRole().isUpstream()) {
                    masters.put(
                            node.getUri().getHost() + ":" + node.getUri().getPort(),
                            cluster.getConnection(node.getNodeId()).async());
                }
            }
        } else {
            masters.put("", commands);
        }
        return masters;
    }

    /** A client that has been closed before has closed it too, and would be told off in the log for a second time. */
    @Override
    public void close() {
        if (!(connection instanceof RedisChannelHandler<?, ?> handler && handler.isClosed())) {
            connection.close();
        }
    }
}
