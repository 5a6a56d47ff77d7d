package dev.drawbridge.store.redis;

import dev.drawbridge.redis.RedisScript;

/** All that changes a room or a membership, and what looks at a room at one instant. */
final class RoomScripts {
    static final RedisScript OPEN = script("open");
    static final RedisScript OWNED = script("owned");
    static final RedisScript READ = script("read");
    static final RedisScript RECORD = script("record");
    static final RedisScript COMMIT = script("commit");
    static final RedisScript RELEASE = script("release");
    static final RedisScript DELETE = script("delete");
    static final RedisScript REMEMBER = script("remember");
    static final RedisScript MEMBER = script("member");
    static final RedisScript HISTORY = script("history");

    private RoomScripts() {}

    private static RedisScript script(String name) {
        return RedisScript.of("server", "common", name);
    }
}
