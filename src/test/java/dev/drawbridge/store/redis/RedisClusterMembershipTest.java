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

class RedisClusterMembershipTest extends MembershipContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final String prefix = "test-" + StoredRooms.token();

    @Override
    protected Membership openMembership() {
        return RedisMembership.connect(SharedRedisCluster.CLUSTER.client(), prefix, Duration.ofSeconds(2));
    }

    @Override
    protected void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    /** Of which the keys of nodes are not. */
    private static RedisProcess anotherMaster(RedisCluster cluster) {
        return SlotHash.getSlot("nodes") < 5_461 ? cluster.nodes().getLast() : cluster.nodes().getFirst();
    }

    @Test
    @DisplayName("A master that has none of the nodes' keys is restarted: the history stays while it is away, then changes")
    void anotherMasterRestarts() {
        try (RedisCluster cluster = RedisCluster.start();
                Membership all = RedisMembership.connect(cluster.client(), "test", Duration.ofSeconds(1))) {
            String history = get(all.join("one", new byte[0], MINUTE)).history();
            RedisProcess master = anotherMaster(cluster);
            master.kill();

            Membership.Roll meanwhile = get(all.renew("one", new byte[0], MINUTE));
            assertThat(meanwhile.isMember()).isTrue();
            assertThat(meanwhile.history()).isEqualTo(history);

            master.startAgain();
            await().ignoreExceptions().atMost(Duration.ofSeconds(30)).until(() -> !get(
                            all.renew("one", new byte[0], MINUTE))
                    .history()
                    .equals(history));
        }
    }
}
