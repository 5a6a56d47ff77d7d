package dev.drawbridge.events.redis;

import dev.drawbridge.redis.RedisScript;

/** All that reads or writes events in Redis. */
final class EventScripts {
    static final RedisScript APPEND = script("append");
    static final RedisScript FOLLOW = script("follow");
    static final RedisScript PAGE = script("page");
    static final RedisScript STORIES = script("stories");
    static final RedisScript KNOW = script("know");
    static final RedisScript DELIVER = script("deliver");
    static final RedisScript POSTPONE = script("postpone");
    static final RedisScript BURY = script("bury");
    static final RedisScript RESEND = script("resend");
    static final RedisScript DISCARD = script("discard");
    static final RedisScript LEVEL = script("level");
    static final RedisScript TASK = script("task");

    private EventScripts() {}

    private static RedisScript script(String name) {
        return RedisScript.of("server", "events/shelves", "events/log", "events/" + name);
    }
}
