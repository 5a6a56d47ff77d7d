package dev.drawbridge.store.redis;

import dev.drawbridge.FreePort;

/** One Sentinel that watches one master, and makes a replica the master when that is gone for a second. */
public final class RedisSentinel implements AutoCloseable {
    public static final String MASTER = "the-master";

    private final RedisProcess process;

    private RedisSentinel(RedisProcess process) {
        this.process = process;
    }

    public static RedisSentinel start(int masterPort) {
        return new RedisSentinel(RedisProcess.startSentinel(
                FreePort.next(),
                "sentinel monitor " + MASTER + " 127.0.0.1 " + masterPort + " 1",
                "sentinel down-after-milliseconds " + MASTER + " 1000",
                "sentinel failover-timeout " + MASTER + " 3000"));
    }

    public int port() {
        return process.port();
    }

    @Override
    public void close() {
        process.close();
    }
}
