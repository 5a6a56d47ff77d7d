package dev.drawbridge.events;

import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through all rooms, and then through all stories, for those that do not agree. It takes as many steps as that needs, and
 * can be interrupted between them.
 */
final class Walk {
    private static final int A_PAGE = 500;

    private final EventStore store;
    private final RoomsThere rooms;
    private Optional<String> after = Optional.empty();
    private boolean isThroughRooms;
    private boolean isDone;

    Walk(EventStore store, RoomsThere rooms) {
        this.store = store;
        this.rooms = rooms;
    }

    boolean isDone() {
        return isDone;
    }

    /** Looks at some more; returns the rooms that have to be looked at again, with their stories. When it fails it can be repeated. */
    Map<String, Optional<Story>> step() throws EventStoreException {
        return isThroughRooms ? stories() : rooms();
    }

    private Map<String, Optional<Story>> rooms() throws EventStoreException {
        RoomPage page = rooms.page(after, A_PAGE);
        Map<String, Story> stories = store.stories(page.roomIds());
        Map<String, Optional<Story>> suspects = new LinkedHashMap<>();
        for (RoomSummary room : page.rooms()) {
            Story story = stories.get(room.roomId());
            if (story == null || story.clock() != room.documentClock()) {
                suspects.put(room.roomId(), Optional.ofNullable(story));
            }
        }
        after = page.next();
        isThroughRooms = after.isEmpty();
        return suspects;
    }

    private Map<String, Optional<Story>> stories() throws EventStoreException {
        Map<String, Story> page = store.storiesAfter(after, A_PAGE);
        Map<String, RoomSummary> there = rooms.find(page.keySet());
        after = page.keySet().stream().reduce((one, next) -> next);
        isDone = page.size() < A_PAGE;
        Map<String, Optional<Story>> suspects = new LinkedHashMap<>();
        page.forEach((id, story) -> {
            if (!there.containsKey(id)) {
                suspects.put(id, Optional.of(story));
            }
        });
        return suspects;
    }
}
