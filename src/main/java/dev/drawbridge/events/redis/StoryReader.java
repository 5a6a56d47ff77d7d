package dev.drawbridge.events.redis;

import static dev.drawbridge.events.redis.EventRedis.bytes;

import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.Story;
import dev.drawbridge.store.StorageKey;
import dev.drawbridge.store.StoreException;
import io.lettuce.core.KeyValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Reads stories, some thousand at a time. */
final class StoryReader {
    private static final int ROOMS_AT_ONCE = 2_000;

    private final EventRedis redis;

    StoryReader(EventRedis redis) {
        this.redis = redis;
    }

    /** The stories of rooms as they are kept, in this order; an empty text where there is none. */
    Map<String, String> texts(Collection<String> roomIds) throws EventStoreException {
        List<String> rooms = roomIds.stream().distinct().toList();
        Map<String, String> texts = new LinkedHashMap<>();
        for (int from = 0; from < rooms.size(); from += ROOMS_AT_ONCE) {
            List<String> some = rooms.subList(from, Math.min(rooms.size(), from + ROOMS_AT_ONCE));
            byte[][] fields = some.stream().map(id -> bytes(StorageKey.of(id))).toArray(byte[][]::new);
            List<KeyValue<byte[], byte[]>> values =
                    redis.ask(commands -> commands.hmget(redis.keys().stories(), fields));
            for (int i = 0; i < some.size(); i++) {
                texts.put(some.get(i), EventRedis.text(values.get(i).getValueOrElse(new byte[0])));
            }
        }
        return texts;
    }

    /** All rooms that are said to be open. */
    Map<String, Story> open() throws EventStoreException {
        Map<String, Story> all = new LinkedHashMap<>();
        Optional<String> after = Optional.empty();
        while (true) {
            SequencedMap<String, Story> some = list("open", after, ROOMS_AT_ONCE);
            all.putAll(some);
            if (some.size() < ROOMS_AT_ONCE) {
                return all;
            }
            after = Optional.of(some.lastEntry().getKey());
        }
    }

    /** Stories in the order of the rooms' keys. */
    Map<String, Story> after(Optional<String> roomId, int limit) throws EventStoreException {
        return list("rooms", roomId, limit);
    }

    private SequencedMap<String, Story> list(String which, Optional<String> after, int limit)
            throws EventStoreException {
        String from = after.map(id -> "(" + StorageKey.of(id)).orElse("-");
        EventRedis.Answer answer = redis.call(EventScripts.STORIES, bytes(which), bytes(from), bytes(limit));
        SequencedMap<String, Story> stories = new LinkedHashMap<>();
        for (int i = 0; i < answer.size(); i += 2) {
            Story story = StoryText.read(answer.text(i + 1));
            if (story != null) {
                stories.put(roomId(answer.text(i)), story);
            }
        }
        return stories;
    }

    private static String roomId(String key) throws EventStoreException {
        try {
            return StorageKey.toId(key);
        } catch (StoreException e) {
            throw new EventStoreException("the id of a room in Redis is damaged: " + e.getMessage(), e);
        }
    }
}
