package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import dev.drawbridge.events.Happening;
import dev.drawbridge.events.RoomEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A log that tests write by hand, with gaps, and which forgets and fails when it is told to. */
final class HandLog implements Log {
    private final int kept;
    private final List<FiledEvent> history = new ArrayList<>();
    private String name = "0000000a";
    private long number;
    private int forgotten;
    private int reads;
    private boolean failing;

    HandLog(int kept) {
        this.kept = kept;
    }

    static byte[] format(FiledEvent event) {
        return ("{\"id\":\"" + event.id().text() + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    synchronized FiledEvent write(String room, Happening what, int gap) {
        number += 1 + gap;
        FiledEvent event = new FiledEvent(new EventId(name, number), new RoomEvent(room, Instant.EPOCH, "node", what));
        history.add(event);
        forgotten = Math.max(forgotten, history.size() - kept);
        return event;
    }

    synchronized FiledEvent write(String room) {
        return write(room, new Happening.Deleted(), 0);
    }

    /** All is lost, and another log begins. */
    synchronized void beginAnew(String log) {
        name = log;
        number = 0;
        forgotten = history.size();
    }

    synchronized void fail(boolean fails) {
        failing = fails;
    }

    /** All that was ever written. */
    synchronized List<FiledEvent> history() {
        return List.copyOf(history);
    }

    synchronized boolean isKept(FiledEvent event) {
        return history.indexOf(event) >= forgotten;
    }

    synchronized int reads() {
        return reads;
    }

    @Override
    public synchronized EventStore.Page after(Optional<EventId> after, int limit) throws EventStoreException {
        check();
        reads++;
        List<FiledEvent> log = history.subList(forgotten, history.size());
        boolean foreign = after.isPresent() && !after.get().log().equals(name);
        long from = foreign ? -1 : after.map(EventId::number).orElse(-1L);
        boolean missed = foreign
                || (after.isPresent()
                        && history.subList(0, forgotten).stream()
                                .anyMatch(event -> event.id().log().equals(name)
                                        && event.id().number() > from));
        List<FiledEvent> events = log.stream()
                .filter(event -> event.id().number() > from)
                .limit(limit)
                .toList();
        EventId last =
                events.isEmpty() ? after.orElse(last()) : events.getLast().id();
        return new EventStore.Page(events, missed, last);
    }

    @Override
    public synchronized EventId last() throws EventStoreException {
        check();
        return new EventId(name, number);
    }

    private void check() throws EventStoreException {
        if (failing) {
            throw new EventStoreException("it was told to fail", null);
        }
    }
}
