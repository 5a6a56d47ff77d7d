package dev.drawbridge.store.redis;

/** One cluster for all tests that do it no harm; it ends with the JVM. */
public final class SharedRedisCluster {
    public static final RedisCluster CLUSTER = RedisCluster.start();

    private SharedRedisCluster() {}
}
