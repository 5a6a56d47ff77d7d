package dev.drawbridge.events.redis;

import static dev.drawbridge.events.redis.EventRedis.bytes;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import dev.drawbridge.redis.RedisLink;
import dev.drawbridge.store.StorageKey;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Events in the Redis that keeps the rooms, for all nodes that use it.
 *
 * <p>A call whose answer is lost may be repeated. Repeated by {@link #append}, of a room's story nothing is told again; what
 * is no part of it, who came and went, versions, limits, may be in the log once for each time that the answer was lost.
 *
 * <p>Where Redis has lost events, at a fail-over or with a backup, their ids are not given again: whenever the history of
 * the data is another one ({@code run_id}, {@code master_replid}) the log goes on under another name. Nothing may be lost
 * then, but that cannot be known, and who follows the log is told so.
 */
public final class RedisEventStore implements EventStore {
    private static final int LETTERS_AT_ONCE = 50;
    private static final int ROOMS_AT_ONCE = 1_000;

    private final EventRedis redis;
    private final StoryReader stories;
    private final Kept kept;
    private final InstantSource clock;
    private final LongSupplier chance;

    private RedisEventStore(EventRedis redis, Kept kept, InstantSource clock, LongSupplier chance) {
        this.redis = redis;
        this.stories = new StoryReader(redis);
        this.kept = kept;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * Connects.
     *
     * @param client with options that {@link RedisLink#neverSendTwice} has set, and a finite command timeout; it stays the
     *     caller's
     * @param keyPrefix that of the rooms
     * @param chance makes another number at each call: logs are named after these
     */
    public static RedisEventStore connect(
            AbstractRedisClient client, String keyPrefix, Kept kept, InstantSource clock, LongSupplier chance)
            throws EventStoreException {
        try {
            EventKeys keys = new EventKeys(keyPrefix);
            return new RedisEventStore(new EventRedis(RedisLink.open(client), keys), kept, clock, chance);
        } catch (RedisException e) {
            throw new EventStoreException("events cannot be kept: " + e.getMessage(), e);
        }
    }

    // ---- what has happened

    @Override
    public Appended append(List<RoomEvent> events, Collection<Queue> queues) throws EventStoreException {
        List<byte[]> settings = List.of(
                freshName(),
                bytes(clock.millis()),
                bytes(kept.events()),
                bytes(kept.bytes()),
                bytes(MOST_DEAD),
                bytes(MOST_DEAD_BYTES),
                bytes(QUEUE_FULL));
        return new Appending(redis, stories, settings, List.copyOf(queues)).append(events);
    }

    @Override
    public Map<String, Story> stories(Collection<String> roomIds) throws EventStoreException {
        Map<String, Story> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> text : stories.texts(roomIds).entrySet()) {
            Story story = StoryText.read(text.getValue());
            if (story != null) {
                found.put(text.getKey(), story);
            }
        }
        return found;
    }

    @Override
    public Map<String, Story> storiesAfter(Optional<String> roomId, int limit) throws EventStoreException {
        return stories.after(roomId, limit);
    }

    @Override
    public Map<String, Story> open() throws EventStoreException {
        return stories.open();
    }

    @Override
    public void know(Map<String, Long> clocks) throws EventStoreException {
        List<byte[]> args = new ArrayList<>();
        for (Map.Entry<String, Long> room : clocks.entrySet()) {
            args.add(bytes(StorageKey.of(room.getKey())));
            args.add(bytes(StoryText.of(new Story(room.getValue(), Optional.empty()))));
        }
        for (int from = 0; from < args.size(); from += 2 * ROOMS_AT_ONCE) {
            List<byte[]> some = args.subList(from, Math.min(args.size(), from + 2 * ROOMS_AT_ONCE));
            redis.call(EventScripts.KNOW, some.toArray(byte[][]::new));
        }
    }

    @Override
    public boolean isSettled() throws EventStoreException {
        return redis.ask(commands -> commands.hexists(redis.keys().state(), bytes("settled")));
    }

    @Override
    public void settle() throws EventStoreException {
        redis.ask(commands -> commands.hset(redis.keys().state(), bytes("settled"), bytes(clock.millis())));
    }

    @Override
    public void began(String node) throws EventStoreException {
        redis.ask(commands -> commands.sadd(redis.keys().nodes(), bytes(node)));
    }

    @Override
    public void ended(String node) throws EventStoreException {
        redis.ask(commands -> commands.srem(redis.keys().nodes(), bytes(node)));
    }

    @Override
    public List<String> nodes() throws EventStoreException {
        return redis.ask(commands -> commands.smembers(redis.keys().nodes())).stream()
                .map(EventRedis::text)
                .sorted()
                .toList();
    }

    // ---- the log

    @Override
    public Page after(Optional<EventId> after, int limit) throws EventStoreException {
        return new LogReader(redis).after(after, limit, freshName(), clock.millis());
    }

    @Override
    public EventId last() throws EventStoreException {
        return new LogReader(redis).last(freshName(), clock.millis());
    }

    // ---- queues

    @Override
    public List<Queued> queued(String queue, Optional<EventId> after, int limit) throws EventStoreException {
        List<Queued> queued = new ArrayList<>();
        for (Shelf.Noted entry : Shelf.waiting(redis, queue).after(number(after), limit)) {
            WaitingNote note = WaitingNote.read(entry.note());
            queued.add(new Queued(entry.filed(), note.attempts(), note.dueAt()));
        }
        return queued;
    }

    @Override
    public void delivered(String queue, EventId id) throws EventStoreException {
        redis.call(EventScripts.DELIVER, bytes(queue), bytes(id.text()));
    }

    @Override
    public void postpone(String queue, EventId id, int attempts, Instant dueAt) throws EventStoreException {
        redis.call(EventScripts.POSTPONE, bytes(queue), bytes(id.text()), bytes(attempts), bytes(dueAt.toEpochMilli()));
    }

    @Override
    public int bury(String queue, EventId id, String why, Instant now) throws EventStoreException {
        return redis.call(
                        EventScripts.BURY,
                        bytes(queue),
                        bytes(id.text()),
                        bytes(now.toEpochMilli()),
                        bytes(why),
                        bytes(MOST_DEAD),
                        bytes(MOST_DEAD_BYTES))
                .number(0);
    }

    @Override
    public List<DeadLetter> dead(String queue, Optional<EventId> after, int limit) throws EventStoreException {
        List<DeadLetter> dead = new ArrayList<>();
        for (Shelf.Noted entry : Shelf.dead(redis, queue).after(number(after), limit)) {
            DeadNote note = DeadNote.read(entry.note());
            dead.add(new DeadLetter(entry.filed(), note.attempts(), note.why(), note.since()));
        }
        return dead;
    }

    /** Some at a time, so that nobody else waits long for Redis. */
    @Override
    public List<EventId> resend(String queue, Optional<List<EventId>> ids, Queue bounds, Instant now)
            throws EventStoreException {
        List<EventId> letters = new ArrayList<>(
                ids.isPresent() ? ids.get() : Shelf.dead(redis, queue).ids());
        letters.sort(EventId::compareTo);
        List<EventId> waiting = new ArrayList<>();
        for (int from = 0; from < letters.size(); from += LETTERS_AT_ONCE) {
            List<byte[]> args = new ArrayList<>(List.of(
                    bytes(queue), bytes(bounds.mostEvents()), bytes(bounds.mostBytes()), bytes(now.toEpochMilli())));
            letters.subList(from, Math.min(letters.size(), from + LETTERS_AT_ONCE))
                    .forEach(id -> args.add(bytes(id.text())));
            EventRedis.Answer answer = redis.call(EventScripts.RESEND, args.toArray(byte[][]::new));
            for (int i = 0; i < answer.size(); i++) {
                waiting.add(Shelf.id(answer.text(i)));
            }
        }
        return waiting;
    }

    @Override
    public int discard(String queue, Optional<List<EventId>> ids) throws EventStoreException {
        if (ids.isPresent() && ids.get().isEmpty()) {
            return 0;
        }
        List<byte[]> args = new ArrayList<>(List.of(bytes(queue)));
        ids.ifPresent(some -> some.forEach(id -> args.add(bytes(id.text()))));
        return redis.call(EventScripts.DISCARD, args.toArray(byte[][]::new)).number(0);
    }

    @Override
    public Level level(String queue) throws EventStoreException {
        EventRedis.Answer answer = redis.call(EventScripts.LEVEL, bytes(queue));
        String note = answer.text(2);
        return new Level(
                answer.number(0),
                Long.parseLong(answer.text(1)),
                note.isEmpty()
                        ? Optional.empty()
                        : Optional.of(WaitingNote.read(note).time()),
                answer.number(3));
    }

    @Override
    public List<String> queues() throws EventStoreException {
        List<byte[]> shelves = redis.ask(commands -> commands.hkeys(redis.keys().bytes()));
        return shelves.stream()
                .map(EventRedis::text)
                .filter(shelf -> shelf.contains(":"))
                .map(shelf -> shelf.substring(shelf.indexOf(':') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    // ---- who does what

    /** From when it was asked for: what is answered late is the node's for that much less. */
    @Override
    public boolean take(String task, String node, Duration patience) throws EventStoreException {
        return redis.call(EventScripts.TASK, bytes(task), bytes(node), bytes(Math.max(1, patience.toMillis())))
                        .number(0)
                == 1;
    }

    @Override
    public void giveAway(String task, String node) throws EventStoreException {
        redis.call(EventScripts.TASK, bytes(task), bytes(node), bytes(0));
    }

    @Override
    public void ping() throws EventStoreException {
        redis.ask(commands -> commands.ping());
    }

    /** The client is the caller's to close. */
    @Override
    public void close() {
        redis.close();
    }

    private byte[] freshName() {
        return bytes(HexFormat.of().toHexDigits((int) chance.getAsLong()));
    }

    private static long number(Optional<EventId> after) {
        return after.map(EventId::number).orElse(0L);
    }
}
