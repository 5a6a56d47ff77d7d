package dev.drawbridge.store.redis;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * The histories of all masters of a cluster: rooms are on each of them. A master that does not answer counts with what it
 * said last, for that it does not answer is no loss yet; the list of masters is then asked for again, so that a replica that
 * has taken its place is asked next time, and changes the history. One that has never answered does not count.
 */
final class MasterHistories {
    private final RedisClusterClient client;
    private final StatefulRedisClusterConnection<byte[], byte[]> connection;
    private final Duration patience;
    private final ConcurrentMap<String, String> said = new ConcurrentHashMap<>();

    MasterHistories(
            RedisClusterClient client, StatefulRedisClusterConnection<byte[], byte[]> connection, Duration patience) {
        this.client = client;
        this.connection = connection;
        this.patience = patience;
    }

    /** Asks all of them at once; ends within the patience, and never fails. */
    CompletionStage<String> ask() {
        List<String> masters = masters();
        List<CompletableFuture<Boolean>> answers =
                masters.stream().map(this::ask).toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
                .thenApply(all -> {
                    said.keySet().retainAll(masters);
                    if (!answers.stream().allMatch(CompletableFuture::join)) {
                        var _ = client.refreshPartitionsAsync();
                    }
                    return named(masters);
                });
    }

    private List<String> masters() {
        return connection.getPartitions().stream()
                .filter(node -> node.getRole().isUpstream() && !node.getSlots().isEmpty())
                .map(RedisClusterNode::getNodeId)
                .toList();
    }

    private CompletableFuture<Boolean> ask(String master) {
        return connection
                .getConnectionAsync(master)
                .thenCompose(node -> RoomScripts.HISTORY.run(node.async(), new byte[0][]))
                .thenAccept(answer -> said.put(master, answer.getFirst()))
                .handle((answered, error) -> error == null)
                // to connect may take longer than a command
                .completeOnTimeout(false, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private String named(Collection<String> masters) {
        Map<String, String> present = new TreeMap<>(said);
        present.keySet().retainAll(masters);
        return present.toString();
    }
}
