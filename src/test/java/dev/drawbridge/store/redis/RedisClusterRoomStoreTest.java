package dev.drawbridge.store.redis;

import dev.drawbridge.store.Liveness;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomStoreContract;
import dev.drawbridge.store.StoredRooms;

class RedisClusterRoomStoreTest extends RoomStoreContract {
    private final String prefix = "test-" + StoredRooms.token();

    @Override
    protected RoomStore openStore() {
        return SharedRedisCluster.CLUSTER.openStore(prefix);
    }

    @Override
    protected RoomStore storeOf(String node, Liveness liveness) {
        return SharedRedisCluster.CLUSTER.openStore(prefix, node, liveness);
    }
}
