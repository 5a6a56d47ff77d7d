package dev.drawbridge.events.redis;

import static dev.drawbridge.events.redis.EventRedis.bytes;

import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where events are kept, read a megabyte at a time. What a newer release has written, and this one cannot read, is passed over. */
final class Shelf {
    static final int BYTES_AT_ONCE = 1 << 20;

    private final EventRedis redis;
    private final String name;

    private Shelf(EventRedis redis, String name) {
        this.redis = redis;
        this.name = name;
    }

    static Shelf log(EventRedis redis) {
        return new Shelf(redis, "log");
    }

    static Shelf waiting(EventRedis redis, String queue) {
        return new Shelf(redis, "waiting:" + queue);
    }

    static Shelf dead(EventRedis redis, String queue) {
        return new Shelf(redis, "dead:" + queue);
    }

    /**
     * What is kept.
     *
     * @param filed empty when it cannot be read
     * @param note what became of it so far
     */
    record Entry(EventId id, Optional<FiledEvent> filed, String note) {}

    /** An event with what became of it so far. */
    record Noted(FiledEvent filed, String note) {}

    /** Some of what follows after a number, the oldest first; nothing only when nothing does that can be read. */
    List<Noted> after(long number, int limit) throws EventStoreException {
        List<Noted> found = new ArrayList<>();
        List<Entry> page = page(number, limit);
        while (found.isEmpty() && !page.isEmpty()) {
            page.forEach(entry -> entry.filed().ifPresent(filed -> found.add(new Noted(filed, entry.note()))));
            page = found.isEmpty() ? page(page.getLast().id().number(), limit) : page;
        }
        return found;
    }

    /** Some of what follows; nothing only when nothing does. */
    List<Entry> page(long after, int limit) throws EventStoreException {
        return entries(redis.call(EventScripts.PAGE, bytes(name), bytes(after), bytes(limit), bytes(BYTES_AT_ONCE)), 0);
    }

    /** The entries in an answer, from an index on. */
    static List<Entry> entries(EventRedis.Answer answer, int first) throws EventStoreException {
        List<Entry> entries = new ArrayList<>();
        for (int i = first; i < answer.size(); i += 3) {
            EventId id = id(answer.text(i));
            entries.add(new Entry(
                    id,
                    EventFormat.read(answer.bytes(i + 1)).map(event -> new FiledEvent(id, event)),
                    answer.text(i + 2)));
        }
        return entries;
    }

    /** All that are there: no more than there may be dead letters. */
    List<EventId> ids() throws EventStoreException {
        List<EventId> ids = new ArrayList<>();
        for (byte[] id : redis.ask(commands -> commands.zrange(redis.keys().idsOf(name), 0, -1))) {
            ids.add(id(EventRedis.text(id)));
        }
        return ids;
    }

    static EventId id(String text) throws EventStoreException {
        return EventId.parse(text)
                .orElseThrow(() -> new EventStoreException("an id in Redis is damaged: " + text, null));
    }
}
