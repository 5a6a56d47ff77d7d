package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventFormat;
import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore.Appended;
import dev.drawbridge.events.EventStore.Kept;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import dev.drawbridge.events.Telling;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One lot of events, written in one transaction: to the stories of their rooms, to the log, and to the queues. */
final class Appending {
    private final Tables tables;
    private final Kept kept;

    /** The stories as they are within this lot, those that end included. */
    private final Map<String, Optional<Story>> stories = new LinkedHashMap<>();

    private final List<Written> written = new ArrayList<>();

    /** An event that is in the log. */
    record Written(long number, RoomEvent event, int size) {}

    Appending(Tables tables, Kept kept) {
        this.tables = tables;
        this.kept = kept;
    }

    Appended append(List<RoomEvent> events, Collection<Queue> queues) throws SQLException {
        LogRows.State state = tables.log().state();
        for (RoomEvent event : events) {
            for (RoomEvent told : tell(event)) {
                byte[] json = EventFormat.stored(told);
                state = state.plus(json.length);
                tables.log().add(state.last(), told, json);
                written.add(new Written(state.last(), told, json.length));
            }
        }
        saveStories();
        Map<String, Integer> buried = new HashMap<>();
        Map<String, Integer> forgotten = new HashMap<>();
        for (Queue queue : queues) {
            put(queue, buried, forgotten);
        }
        tables.log().update(tables.log().prune(state, kept));
        String name = state.name();
        List<FiledEvent> filed = written.stream()
                .map(each -> new FiledEvent(new EventId(name, each.number), each.event))
                .toList();
        return new Appended(filed, Map.copyOf(buried), Map.copyOf(forgotten));
    }

    private List<RoomEvent> tell(RoomEvent event) throws SQLException {
        String room = event.roomId();
        Optional<Story> before = stories.get(room);
        if (before == null) {
            before = Optional.ofNullable(tables.stories().story(room));
        }
        Telling telling = Telling.of(event, before.orElse(null));
        stories.put(room, telling.story());
        return telling.events();
    }

    private void saveStories() throws SQLException {
        for (Map.Entry<String, Optional<Story>> each : stories.entrySet()) {
            if (each.getValue().isPresent()) {
                tables.stories().put(each.getKey(), each.getValue().get());
            } else {
                tables.stories().remove(each.getKey());
            }
        }
    }

    private void put(Queue queue, Map<String, Integer> buried, Map<String, Integer> forgotten) throws SQLException {
        List<Written> wanted =
                written.stream().filter(each -> queue.wants().test(each.event)).toList();
        if (!wanted.isEmpty()) {
            QueueRows.Taken taken = tables.queues().put(queue, wanted);
            count(buried, queue.name(), taken.buried());
            count(forgotten, queue.name(), taken.forgotten());
        }
    }

    private static void count(Map<String, Integer> counts, String queue, int more) {
        if (more > 0) {
            counts.put(queue, more);
        }
    }
}
