package dev.drawbridge.events.redis;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreContract;
import dev.drawbridge.store.StoredRooms;
import dev.drawbridge.store.redis.SharedRedisCluster;

class RedisClusterEventStoreTest extends EventStoreContract {
    private final String prefix = "test-" + StoredRooms.token();

    @Override
    protected EventStore openStore(EventStore.Kept kept) {
        return RedisEvents.open(SharedRedisCluster.CLUSTER.client(), prefix, kept);
    }
}
