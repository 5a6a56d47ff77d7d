package dev.drawbridge.store.redis;

import static org.awaitility.Awaitility.await;

import dev.drawbridge.FreePort;
import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.StoredRooms;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;

/** A Redis Cluster of three servers on the loopback interface. */
public final class RedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;

    private final List<RedisProcess> nodes;
    private final RedisClusterClient client;

    private RedisCluster(List<RedisProcess> nodes) {
        this.nodes = nodes;
        this.client = RedisClusterClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(nodes.getFirst().port())
                .withTimeout(Duration.ofSeconds(10))
                .build());
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        RedisRoomStore.neverSendTwice(options);
        client.setOptions(options.build());
    }

    static RedisCluster start() {
        int[] busPorts = IntStream.range(0, 3).map(i -> FreePort.next()).toArray();
        List<RedisProcess> nodes = IntStream.range(0, 3)
                .mapToObj(i ->
                        RedisProcess.start("--cluster-enabled", "yes", "--cluster-port", Integer.toString(busPorts[i])))
                .toList();
        for (int i = 0; i < 3; i++) {
            cluster(nodes.get(i), "ADDSLOTSRANGE", SLOTS * i / 3, SLOTS * (i + 1) / 3 - 1);
            if (i > 0) {
                cluster(nodes.get(0), "MEET", "127.0.0.1", nodes.get(i).port(), busPorts[i]);
            }
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> nodes.stream()
                .allMatch(node -> node.cli().clusterInfo().contains("cluster_state:ok")
                        && node.cli().clusterInfo().contains("cluster_known_nodes:3")));
        return new RedisCluster(nodes);
    }

    /** One more server, which has what one of the others has; it is the caller's to close. */
    RedisProcess addReplicaOf(RedisProcess master) {
        int busPort = FreePort.next();
        RedisProcess replica = RedisProcess.start(
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(busPort),
                "--repl-diskless-sync-delay",
                "0");
        String id = master.cli().clusterMyId();
        cluster(nodes.getFirst(), "MEET", "127.0.0.1", replica.port(), busPort);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> replica.cli().clusterNodes().contains(id));
        cluster(replica, "REPLICATE", id);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> replica.cli().info("replication").contains("master_link_status:up"));
        return replica;
    }

    /** Makes a replica the master whether that is gone or not. */
    static void takeOver(RedisProcess replica) {
        cluster(replica, "FAILOVER", "TAKEOVER");
    }

    private static void cluster(RedisProcess node, Object... arguments) {
        CommandArgs<String, String> args = new CommandArgs<>(StringCodec.UTF8);
        for (Object argument : arguments) {
            args.add(argument.toString());
        }
        node.cli().dispatch(CommandType.CLUSTER, new StatusOutput<>(StringCodec.UTF8), args);
    }

    public List<RedisProcess> nodes() {
        return nodes;
    }

    public RedisClusterClient client() {
        return client;
    }

    RedisRoomStore openStore(String prefix) {
        return openStore(prefix, "a-test", Liveness.ALONE);
    }

    /** What another node has on the same rooms. */
    RedisRoomStore openStore(String prefix, String node, Liveness liveness) {
        return RedisRoomStore.connect(client, prefix, node, InstantSource.system(), StoredRooms::token, liveness);
    }

    @Override
    public void close() {
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        nodes.forEach(RedisProcess::close);
    }
}
