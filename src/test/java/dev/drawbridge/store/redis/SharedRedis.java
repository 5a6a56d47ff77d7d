package dev.drawbridge.store.redis;

/** One server for all tests that do it no harm; it ends with the JVM. */
final class SharedRedis {
    static final RedisProcess SERVER = RedisProcess.start("--appendonly", "yes", "--appendfsync", "everysec");

    private SharedRedis() {}
}
