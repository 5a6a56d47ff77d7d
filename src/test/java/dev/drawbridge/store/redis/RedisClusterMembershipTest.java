package dev.drawbridge.store.redis;

import static dev.drawbridge.store.StoredRooms.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.store.Membership;
import dev.drawbridge.store.MembershipContract;
import dev.drawbridge.store.StoredRooms;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisClusterMembershipTest extends MembershipContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String prefix = "test-" + StoredRooms.token();

    @Override
    protected Membership openMembership() {
        return RedisMembership.connect(SharedRedisCluster.CLUSTER.client(), prefix, Duration.ofSeconds(2));
    }

    @Override
    protected void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    private static RedisProcess master(RedisCluster cluster, boolean ofNodes) {
        int index = SlotHash.getSlot("nodes") * 3 / SlotHash.SLOT_COUNT;
        return cluster.nodes().get(ofNodes ? index : (index + 1) % 3);
    }

    @Test
    @DisplayName(
            "A master that has none of the nodes' keys is restarted: the history stays while it is away, then changes")
    void anotherMasterRestarts() {
        try (RedisCluster cluster = RedisCluster.start();
                Membership all = RedisMembership.connect(cluster.client(), "test", Duration.ofSeconds(1))) {
            String history = get(all.join("one", new byte[0], MINUTE)).history();
            RedisProcess master = master(cluster, false);
            master.kill();

            Membership.Roll meanwhile = get(all.renew("one", new byte[0], MINUTE));
            assertThat(meanwhile.isMember()).isTrue();
            assertThat(meanwhile.history()).isEqualTo(history);

            master.startAgain();
            awaitAnother(history, all);
        }
    }

    @ParameterizedTest(name = "of the nodes'' keys: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("A master is gone and its replica takes over: the history changes, and who was a member still is")
    void replicaTakesOver(boolean ofNodes) {
        try (RedisCluster cluster = RedisCluster.start();
                RedisProcess replica = cluster.addReplicaOf(master(cluster, ofNodes));
                Membership all = RedisMembership.connect(cluster.client(), "test", Duration.ofSeconds(1))) {
            String history = get(all.join("one", new byte[0], MINUTE)).history();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> replica.cli().info("replication").contains("master_link_status:up"));
            if (ofNodes) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> replica.cli().info("keyspace").contains("keys=2"));
            }
            master(cluster, ofNodes).kill();
            RedisCluster.takeOver(replica);

            awaitAnother(history, all);
        }
    }

    private static void awaitAnother(String history, Membership all) {
        await().ignoreExceptions().atMost(Duration.ofSeconds(30)).until(() -> {
            Membership.Roll roll = get(all.renew("one", new byte[0], MINUTE));
            assertThat(roll.isMember()).isTrue();
            return !roll.history().equals(history);
        });
    }
}
