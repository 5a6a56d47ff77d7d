package dev.drawbridge.store.redis;

/** One server for all tests that do it no harm; it ends with the JVM. */
public final class SharedRedis {
    public static final RedisProcess SERVER = RedisProcess.start("--appendonly", "yes", "--appendfsync", "everysec");

    private SharedRedis() {}
}
