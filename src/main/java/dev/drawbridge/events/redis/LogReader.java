package dev.drawbridge.events.redis;

import static dev.drawbridge.events.redis.EventRedis.bytes;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore.Page;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.redis.Shelf.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the log. What is kept of a log before the present one is read first; a page ends where another log begins, and the
 * next one says that something may be missing between them.
 */
final class LogReader {
    private final EventRedis redis;

    LogReader(EventRedis redis) {
        this.redis = redis;
    }

    EventId last(byte[] freshName, long now) throws EventStoreException {
        return newest(follow(Optional.empty(), 0, freshName, now));
    }

    Page after(Optional<EventId> after, int limit, byte[] freshName, long now) throws EventStoreException {
        EventRedis.Answer answer = follow(after, limit, freshName, now);
        boolean isKnown = after.isEmpty() || answer.number(0) == 1;
        EventId newest = newest(answer);
        List<Entry> page = Shelf.entries(answer, 3);
        String log = page.isEmpty() ? newest.log() : page.getFirst().id().log();
        boolean missed = !isKnown || after.map(id -> !id.log().equals(log)).orElse(false);
        EventId last = missed ? newest : after.orElse(newest);
        List<FiledEvent> events = new ArrayList<>();
        while (events.isEmpty() && !page.isEmpty() && page.getFirst().id().log().equals(log)) {
            for (Entry entry : page) {
                if (entry.id().log().equals(log)) {
                    entry.filed().ifPresent(events::add);
                    last = entry.id();
                }
            }
            page = events.isEmpty() ? Shelf.log(redis).page(last.number(), limit) : page;
        }
        return new Page(List.copyOf(events), missed, last);
    }

    private EventRedis.Answer follow(Optional<EventId> after, int limit, byte[] freshName, long now)
            throws EventStoreException {
        return redis.call(
                EventScripts.FOLLOW,
                freshName,
                bytes(now),
                bytes(after.map(EventId::log).orElse("")),
                bytes(after.map(EventId::number).orElse(0L)),
                bytes(limit),
                bytes(Shelf.BYTES_AT_ONCE));
    }

    private static EventId newest(EventRedis.Answer answer) {
        return new EventId(answer.text(1), Long.parseLong(answer.text(2)));
    }
}
