package dev.drawbridge.events.redis;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.RoomEvent;
import io.lettuce.core.AbstractRedisClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Stores of events in a test's Redis, and events for them. */
final class RedisEvents {
    static final EventStore.Kept ALL = new EventStore.Kept(100_000, 1 << 30);

    private RedisEvents() {}

    static RedisEventStore open(AbstractRedisClient client, String prefix) {
        return open(client, prefix, ALL);
    }

    static RedisEventStore open(AbstractRedisClient client, String prefix, EventStore.Kept kept) {
        try {
            return RedisEventStore.connect(client, prefix, kept, InstantSource.system(), RedisEvents::chance);
        } catch (EventStoreException e) {
            throw new AssertionError(e);
        }
    }

    private static long chance() {
        return ThreadLocalRandom.current().nextLong();
    }

    static RoomEvent created(String room, String node, long clock) {
        return event(room, node, new Happening.Created(clock));
    }

    /** Of a room that was made before. */
    static RoomEvent opened(String room, String node, long clock) {
        return event(room, node, new Happening.Opened(clock));
    }

    static RoomEvent changed(String room, String node, long since, long clock) {
        return event(room, node, new Happening.Changed(since, clock, Optional.empty(), List.of(), Optional.empty()));
    }

    static RoomEvent event(String room, String node, Happening what) {
        return new RoomEvent(room, Instant.ofEpochMilli(1_800_000_000_000L), node, what);
    }
}
