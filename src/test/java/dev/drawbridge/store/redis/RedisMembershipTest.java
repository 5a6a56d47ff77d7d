package dev.drawbridge.store.redis;

import static dev.drawbridge.store.StoredRooms.failureOf;
import static dev.drawbridge.store.StoredRooms.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drawbridge.store.Membership;
import dev.drawbridge.store.MembershipContract;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.StoredRooms;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisMembershipTest extends MembershipContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final byte[] CARD = {1, 2, 3};

    private final String prefix = "test-" + StoredRooms.token();

    @Override
    protected Membership openMembership() {
        return on(SharedRedis.SERVER, prefix);
    }

    private static Membership on(RedisProcess redis, String prefix) {
        return RedisMembership.connect(redis.client(), prefix, Duration.ofSeconds(2));
    }

    @Override
    protected void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    private static void awaitBack(Membership members) {
        await().ignoreExceptions()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(members.isAlive("nobody").handle((alive, error) -> error == null)));
    }

    private static long calls(RedisProcess redis, String... commands) {
        return redis.cli()
                .info("commandstats")
                .lines()
                .filter(line -> Arrays.stream(commands).anyMatch(name -> line.startsWith("cmdstat_" + name + ":")))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    @DisplayName("A renewal is one command, however many nodes there are, and what it runs grows with nodes alone")
    void oneCommand() {
        try (RedisProcess redis = RedisProcess.start();
                Membership all = on(redis, "test")) {
            for (int i = 0; i < 20; i++) {
                get(all.join("node-" + i, CARD, MINUTE));
            }
            long scripts = calls(redis, "evalsha", "eval");
            long gets = calls(redis, "get");

            assertThat(get(all.renew("node-7", CARD, MINUTE)).others()).hasSize(19);

            assertThat(calls(redis, "evalsha", "eval") - scripts).isEqualTo(1);
            assertThat(calls(redis, "get") - gets).isEqualTo(19);
        }
    }

    @Test
    @DisplayName("Ids of nodes that have lapsed are cleared away by the others, and keys expire by themselves")
    void leavesNothing() {
        get(members.join("one", CARD, Duration.ofMillis(100)));
        until(() -> !get(members.isAlive("one")));
        get(members.join("two", CARD, MINUTE));

        var cli = SharedRedis.SERVER.cli();
        assertThat(cli.smembers(prefix + ":{nodes}:alive")).containsExactly("two");
        assertThat(cli.pttl(prefix + ":{nodes}:node:two")).isBetween(30_000L, 60_000L);
        get(members.end("two"));
        assertThat(cli.keys(prefix + ":*")).isEmpty();
    }

    @Test
    @DisplayName("A late renewal of a membership that has ended brings nothing back")
    void lateRenewal() {
        get(members.join("one", CARD, MINUTE));
        get(members.end("one"));

        assertThat(get(members.renew("one", CARD, MINUTE)).isMember()).isFalse();
        assertThat(SharedRedis.SERVER.cli().keys(prefix + ":*")).isEmpty();
    }

    @Test
    @DisplayName(
            "Redis is restarted without its data: a renewal tells that the membership has lapsed, and the history is new")
    void restartWithoutData() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "no");
                Membership all = on(redis, "test")) {
            String history = get(all.join("one", CARD, MINUTE)).history();
            redis.kill();
            redis.startAgain();
            awaitBack(all);

            Membership.Roll roll = get(all.renew("one", CARD, MINUTE));
            assertThat(roll.isMember()).isFalse();
            assertThat(roll.history()).isNotEqualTo(history);
            assertThat(get(all.join("one", CARD, MINUTE)).isMember()).isTrue();
        }
    }

    @Test
    @DisplayName("Redis is restarted with its data: the node is a member still, of a new history")
    void restartWithData() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always");
                Membership all = on(redis, "test")) {
            String history = get(all.join("one", CARD, MINUTE)).history();
            redis.kill();
            redis.startAgain();
            awaitBack(all);

            Membership.Roll roll = get(all.renew("one", CARD, MINUTE));
            assertThat(roll.isMember()).isTrue();
            assertThat(roll.history()).isNotEqualTo(history);
        }
    }

    @Test
    @DisplayName("A failover changes the history, and so does the one back to a server with its old run id")
    void failoverAndBack() {
        try (RedisProcess first = RedisProcess.start("--repl-diskless-sync-delay", "0");
                RedisProcess second = RedisProcess.start("--repl-diskless-sync-delay", "0")) {
            follow(second, first);
            try (Membership onFirst = on(first, "test");
                    Membership onSecond = on(second, "test")) {
                String history = get(onFirst.join("one", CARD, MINUTE)).history();
                await().atMost(Duration.ofSeconds(20)).until(() -> get(onSecond.isAlive("one")));

                second.cli().replicaofNoOne();
                Membership.Roll over = get(onSecond.renew("one", CARD, MINUTE));
                follow(first, second);
                first.cli().replicaofNoOne();
                Membership.Roll back = get(onFirst.renew("one", CARD, MINUTE));

                assertThat(over.isMember()).isTrue();
                assertThat(back.isMember()).isTrue();
                assertThat(over.history()).isNotEqualTo(history);
                assertThat(back.history()).isNotIn(history, over.history());
            }
        }
    }

    private static void follow(RedisProcess follower, RedisProcess leader) {
        follower.cli().replicaof("127.0.0.1", leader.port());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> follower.cli().info("replication").contains("master_link_status:up"));
    }

    @Test
    @DisplayName("While Redis is away a renewal fails within the patience, and nobody is said to be dead or alive")
    void away() {
        try (RedisProcess redis = RedisProcess.start();
                Membership all = on(redis, "test")) {
            get(all.join("one", CARD, MINUTE));
            redis.kill();

            assertThat(failureOf(all.renew("one", CARD, MINUTE)))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("The node one could not renew");
            assertThat(failureOf(all.isAlive("one"))).isInstanceOf(StoreException.class);
        }
    }
}
