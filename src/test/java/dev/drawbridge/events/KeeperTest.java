package dev.drawbridge.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Closed;
import dev.drawbridge.events.Happening.Opened;
import dev.drawbridge.host.HandClock;
import dev.drawbridge.host.Neighbours;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A server that starts")
class KeeperTest {
    private static final EventStore.Kept ALL = new EventStore.Kept(1_000, 1 << 20);

    private final HandClock clock = new HandClock();
    private final MemoryEventStore store = new MemoryEventStore("0123abcd", ALL, clock::wall);
    private final RoomsOnPaper rooms = new RoomsOnPaper();

    /** What it tells within its first minutes. */
    private List<RoomEvent> told(String node) throws EventStoreException {
        EventId before = store.last();
        Recorder recorder = new Recorder(
                node,
                clock,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                256L << 20,
                EventQueues.NONE,
                EventsObserver.NONE);
        Filing filing = new Filing(store, EventQueues.NONE, Stream::of, EventsObserver.NONE);
        Keeper keeper = new Keeper(store, filing, recorder, rooms, Neighbours.NONE, node, clock);
        for (int i = 0; i < 10; i++) {
            keeper.pass();
            clock.advance(Duration.ofSeconds(15));
        }
        return store.after(Optional.of(before), 100).events().stream()
                .map(FiledEvent::event)
                .toList();
    }

    private void endsInGoodOrder(String node) throws EventStoreException {
        store.ended(node);
    }

    private void room(String id, long documentClock) {
        rooms.put(id, documentClock, clock.wall().minusSeconds(3_600), Optional.empty());
    }

    @Test
    @DisplayName("says nothing of the rooms that were there before there were events, nor of any when all is told")
    void known() throws EventStoreException {
        room("a", 3);
        assertThat(told("n1")).isEmpty();
        endsInGoodOrder("n1");
        assertThat(told("n2")).isEmpty();
    }

    @Test
    @DisplayName("says what a backup has made of the rooms that was put back while no server ran")
    void backup() throws EventStoreException {
        room("back", 7);
        room("gone", 5);
        told("n1");
        endsInGoodOrder("n1");

        room("back", 4);
        room("again", 2);
        rooms.rooms.remove("gone");
        assertThat(told("n2"))
                .extracting(RoomEvent::roomId, each -> each.what().getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        tuple("back", "Changed"), tuple("again", "Created"), tuple("gone", "Deleted"));
        assertThat(store.stories(List.of("back", "again", "gone")))
                .containsOnlyKeys("back", "again")
                .allSatisfy((id, story) -> assertThat(story.clock()).isEqualTo(id.equals("back") ? 4 : 2));
    }

    @Test
    @DisplayName("after one that was killed says that its rooms are closed, and what it had not told")
    void killed() throws EventStoreException {
        room("a", 3);
        told("n1");
        store.append(List.of(event("a", "n1", new Opened(3))), List.of());
        room("a", 9);
        assertThat(told("n2"))
                .extracting(RoomEvent::what)
                .containsExactly(
                        new Closed(Closed.Why.LOST), new Changed(3, 9, Optional.empty(), List.of(), Optional.empty()));
    }

    private RoomEvent event(String room, String node, Happening what) {
        return new RoomEvent(room, Instant.EPOCH, node, what);
    }
}
