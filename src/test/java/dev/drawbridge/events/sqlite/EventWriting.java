package dev.drawbridge.events.sqlite;

import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStore.Kept;
import dev.drawbridge.events.EventStore.Queue;
import dev.drawbridge.events.EventStore.Queued;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Created;
import dev.drawbridge.events.RoomEvent;
import dev.drawbridge.events.Story;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Another process that writes events until it is killed, and says what it has done: {@code told <clock> .} when all rooms are
 * told of up to a clock, {@code sent <id> .} when an event has left the queue, {@code dead <id> .} when it was given up.
 */
final class EventWriting {
    static final int ROOMS = 5;
    static final String QUEUE = "a";
    static final Kept KEPT = new Kept(200, 1 << 20);

    private EventWriting() {}

    public static void main(String[] args) throws EventStoreException {
        Random random = new Random(Long.parseLong(args[1]));
        try (EventStore store = SqliteEventStore.open(Path.of(args[0]), KEPT)) {
            long clock = clock(store);
            while (!Thread.currentThread().isInterrupted()) {
                clock++;
                store.append(events(clock), List.of(queue()));
                System.out.println("told " + clock + " .");
                for (Queued each : store.queued(QUEUE, Optional.empty(), random.nextInt(2 * ROOMS))) {
                    send(store, each.event(), random);
                }
            }
        }
    }

    private static void send(EventStore store, FiledEvent event, Random random) throws EventStoreException {
        if (random.nextInt(50) == 0) {
            store.bury(QUEUE, event.id(), "why", Instant.EPOCH);
            System.out.println("dead " + event.id().text() + " .");
        } else {
            store.delivered(QUEUE, event.id());
            System.out.println("sent " + event.id().text() + " .");
        }
    }

    static long clock(EventStore store) throws EventStoreException {
        return store.stories(List.of("r0")).values().stream()
                .mapToLong(Story::clock)
                .findAny()
                .orElse(-1);
    }

    static Queue queue() {
        return new Queue(QUEUE, event -> true, 1_000, 1 << 20);
    }

    private static List<RoomEvent> events(long clock) {
        List<RoomEvent> events = new ArrayList<>();
        for (int room = 0; room < ROOMS; room++) {
            events.add(new RoomEvent(
                    "r" + room,
                    Instant.EPOCH,
                    "n",
                    clock == 0
                            ? new Created(0)
                            : new Changed(clock - 1, clock, Optional.empty(), List.of(), Optional.empty())));
        }
        return events;
    }
}
