package dev.drawbridge.store.redis;

import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoreBenchmark;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisStoreBenchmark extends StoreBenchmark {

    @ParameterizedTest
    @ValueSource(strings = {"no", "everysec", "always"})
    void measure(String fsync) {
        String appendOnly = fsync.equals("no") ? "no" : "yes";
        try (RedisProcess redis = RedisProcess.start("--appendonly", appendOnly, "--appendfsync", fsync);
                RoomStore store = redis.openStore("bench")) {
            measure("Redis, appendonly " + appendOnly + ", appendfsync " + fsync, store);
        }
    }
}
