package dev.drawbridge.store.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.redis.RedisLink;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedisDurabilityTest {

    private static RedisDurability read(RedisProcess redis) {
        return with(redis, RedisDurability::read);
    }

    private static RedisDurability with(
            RedisProcess redis, Function<RedisClusterAsyncCommands<byte[], byte[]>, RedisDurability> read) {
        try (var connection = redis.client().connect(ByteArrayCodec.INSTANCE)) {
            return read.apply(connection.async());
        }
    }

    @Test
    @DisplayName("appendfsync always and noeviction: nothing to warn of")
    void durable() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "always")) {
            RedisDurability durability = read(redis);

            assertThat(durability.settings())
                    .isEqualTo("appendonly yes, appendfsync always, maxmemory-policy noeviction");
            assertThat(durability.warnings()).isEmpty();
        }
    }

    @Test
    @DisplayName("appendfsync everysec may lose a second or two")
    void everySecond() {
        try (RedisProcess redis = RedisProcess.start("--appendonly", "yes", "--appendfsync", "everysec")) {
            assertThat(read(redis).warnings()).singleElement().asString().contains("everysec", "second or two");
        }
    }

    @Test
    @DisplayName("No appendonly, and eviction: two warnings")
    void volatileAndEvicting() {
        try (RedisProcess redis = RedisProcess.start("--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru")) {
            assertThat(read(redis).warnings())
                    .hasSize(2)
                    .anySatisfy(warning -> assertThat(warning).contains("Set appendonly yes"))
                    .anySatisfy(warning -> assertThat(warning).contains("allkeys-lru", "Set noeviction"));
        }
    }

    @Test
    @DisplayName("Where CONFIG is forbidden, INFO tells what it can")
    void configForbidden() {
        try (RedisProcess redis = RedisProcess.start(
                "--appendonly", "yes", "--appendfsync", "always", "--rename-command", "CONFIG", "")) {
            RedisDurability durability = read(redis);

            assertThat(durability).isEqualTo(new RedisDurability(true, null, "noeviction"));
            assertThat(durability.warnings()).singleElement().asString().contains("CONFIG GET is forbidden");
        }
    }

    @Test
    @DisplayName("Every master of a cluster is looked at")
    void cluster() {
        try (RedisLink link = RedisLink.open(SharedRedisCluster.CLUSTER.client())) {
            assertThat(link.masters()).hasSize(3);
            assertThat(link.masters().values())
                    .allSatisfy(redis ->
                            assertThat(RedisDurability.read(redis).appendOnly()).isFalse());
        }
    }
}
