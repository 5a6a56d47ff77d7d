package dev.drawbridge.events.redis;

import static dev.drawbridge.events.redis.EventRedis.bytes;

import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore.Appended;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import dev.drawbridge.events.Telling;
import dev.drawbridge.store.StorageKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * One append. What is to be told is found out here, from the stories as they were read, and written when they are still the
 * same: else somebody else has told of those rooms meanwhile, and it is found out anew. All events of a room go in one
 * script, with those of other rooms as long as they are few.
 */
final class Appending {
    private static final int EVENTS_AT_ONCE = 200;
    private static final int BYTES_AT_ONCE = 1 << 20;

    /** Each time somebody else was faster with one of the rooms, so this is never reached by two nodes that tell the truth. */
    private static final int MOST_ROUNDS = 100;

    private final EventRedis redis;
    private final StoryReader stories;
    private final List<byte[]> settings;
    private final List<Queue> queues;
    private final List<FiledEvent> filed = new ArrayList<>();
    private final Map<String, Integer> buried = new HashMap<>();
    private final Map<String, Integer> forgotten = new HashMap<>();

    /** @param settings what the script wants first */
    Appending(EventRedis redis, StoryReader stories, List<byte[]> settings, List<Queue> queues) {
        this.redis = redis;
        this.stories = stories;
        this.settings = settings;
        this.queues = queues;
    }

    /** @param at its place among all that is appended */
    private record Placed(int at, RoomEvent event) {}

    private record Told(int at, RoomEvent event, byte[] json) {}

    /** What is to be written of a room. */
    private record Chapter(String roomId, String before, String after, List<Told> told) {

        long size() {
            return told.stream().mapToLong(each -> each.json().length).sum();
        }
    }

    private record Sent(List<Chapter> chapters, List<Told> told, CompletionStage<List<Object>> answer) {}

    Appended append(List<RoomEvent> events) throws EventStoreException {
        Map<String, List<Placed>> rooms = new LinkedHashMap<>();
        for (int i = 0; i < events.size(); i++) {
            RoomEvent event = events.get(i);
            rooms.computeIfAbsent(event.roomId(), room -> new ArrayList<>()).add(new Placed(i, event));
        }
        Map<String, String> before = stories.texts(rooms.keySet());
        for (int round = 0; !before.isEmpty(); round++) {
            if (round == MOST_ROUNDS) {
                throw new EventStoreException("others tell of the same rooms all the time", null);
            }
            before = write(chapters(rooms, before));
        }
        filed.sort(Comparator.comparing(FiledEvent::id));
        return new Appended(List.copyOf(filed), Map.copyOf(buried), Map.copyOf(forgotten));
    }

    private static List<Chapter> chapters(Map<String, List<Placed>> rooms, Map<String, String> stories)
            throws EventStoreException {
        List<Chapter> chapters = new ArrayList<>();
        for (Map.Entry<String, String> before : stories.entrySet()) {
            Story story = StoryText.read(before.getValue());
            List<Told> told = new ArrayList<>();
            for (Placed placed : rooms.getOrDefault(before.getKey(), List.of())) {
                Telling telling = Telling.of(placed.event(), story);
                for (RoomEvent event : telling.events()) {
                    told.add(new Told(placed.at(), event, EventFormat.stored(event)));
                }
                story = telling.story().orElse(null);
            }
            String after = StoryText.of(story);
            if (!told.isEmpty() || !after.equals(before.getValue())) {
                chapters.add(new Chapter(before.getKey(), before.getValue(), after, told));
            }
        }
        return chapters;
    }

    /** Returns the stories of those rooms of which others have told meanwhile, and nothing was written. */
    private Map<String, String> write(List<Chapter> chapters) throws EventStoreException {
        List<Sent> sent = new ArrayList<>();
        List<Chapter> next = new ArrayList<>();
        long events = 0;
        long size = 0;
        for (Chapter chapter : chapters) {
            if (!next.isEmpty()
                    && (events + chapter.told().size() > EVENTS_AT_ONCE || size + chapter.size() > BYTES_AT_ONCE)) {
                sent.add(send(next));
                next = new ArrayList<>();
                events = 0;
                size = 0;
            }
            next.add(chapter);
            events += chapter.told().size();
            size += chapter.size();
        }
        if (!next.isEmpty()) {
            sent.add(send(next));
        }
        Map<String, String> conflicts = new LinkedHashMap<>();
        for (Sent each : sent) {
            read(each, new EventRedis.Answer(EventRedis.await(each.answer())), conflicts);
        }
        return conflicts;
    }

    private Sent send(List<Chapter> chapters) {
        List<byte[]> args = new ArrayList<>(settings);
        args.add(bytes(chapters.size()));
        for (Chapter chapter : chapters) {
            args.add(bytes(StorageKey.of(chapter.roomId())));
            args.add(bytes(chapter.before()));
            args.add(bytes(chapter.after()));
        }
        args.add(bytes(queues.size()));
        for (Queue queue : queues) {
            args.add(bytes(queue.name()));
            args.add(bytes(queue.mostEvents()));
            args.add(bytes(queue.mostBytes()));
        }
        // the events of one room are in their order already, and stay in it
        List<Told> told = chapters.stream()
                .flatMap(chapter -> chapter.told().stream())
                .sorted(Comparator.comparingInt(Told::at))
                .toList();
        args.add(bytes(told.size()));
        for (Told each : told) {
            args.add(bytes(each.event().time().toEpochMilli()));
            args.add(bytes(wanting(each.event())));
            args.add(each.json());
        }
        return new Sent(chapters, told, redis.begin(EventScripts.APPEND, args));
    }

    private String wanting(RoomEvent event) {
        StringBuilder wants = new StringBuilder(queues.size());
        queues.forEach(queue -> wants.append(queue.wants().test(event) ? '1' : '0'));
        return wants.toString();
    }

    private void read(Sent sent, EventRedis.Answer answer, Map<String, String> conflicts) {
        if (answer.text(0).equals("conflict")) {
            for (int i = 0; i < sent.chapters().size(); i++) {
                conflicts.put(sent.chapters().get(i).roomId(), answer.text(i + 1));
            }
            return;
        }
        String log = answer.text(1);
        long number = Long.parseLong(answer.text(2));
        for (Told each : sent.told()) {
            filed.add(new FiledEvent(new EventId(log, number), each.event()));
            number++;
        }
        for (int i = 0; i < queues.size(); i++) {
            count(buried, queues.get(i).name(), answer.number(3 + 2 * i));
            count(forgotten, queues.get(i).name(), answer.number(4 + 2 * i));
        }
    }

    private static void count(Map<String, Integer> counts, String queue, int more) {
        if (more > 0) {
            counts.merge(queue, more, Integer::sum);
        }
    }
}
