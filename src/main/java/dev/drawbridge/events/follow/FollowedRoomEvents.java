package dev.drawbridge.events.follow;

import dev.drawbridge.events.EventId;
import dev.drawbridge.events.EventStore;
import dev.drawbridge.events.EventStoreException;
import dev.drawbridge.events.FiledEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Gives to those in this process what the {@link Follower} reads. */
public final class FollowedRoomEvents implements RoomEvents {
    private static final int A_PAGE = 128;

    private final Log log;
    private final Follower follower;

    public FollowedRoomEvents(EventStore store, Follower follower) {
        this(Log.of(store), follower);
    }

    FollowedRoomEvents(Log log, Follower follower) {
        this.log = log;
        this.follower = follower;
    }

    @Override
    public Subscription subscribe(EventFilter wanted, Beginning beginning, Subscriber subscriber, Executor executor)
            throws EventStoreException {
        Handing handing = new Handing(subscriber);
        Feed feed = follower.open(wanted, beginning, executor, handing::read);
        Subscription subscription = handing.begin(feed);
        feed.wake();
        return subscription;
    }

    @Override
    public EventStore.Page page(EventFilter wanted, Optional<EventId> after, int limit) throws EventStoreException {
        List<FiledEvent> found = new ArrayList<>();
        Optional<EventId> from = after;
        boolean missed = false;
        while (true) {
            EventStore.Page page = log.after(from, A_PAGE);
            missed |= page.missed();
            for (FiledEvent event : page.events()) {
                if (found.size() == limit) {
                    return new EventStore.Page(
                            List.copyOf(found), missed, found.getLast().id());
                }
                if (wanted.includes(event.event())) {
                    found.add(Undetailed.of(event));
                }
            }
            if (page.missed() && page.events().isEmpty()) {
                return new EventStore.Page(List.of(), true, log.last());
            }
            Optional<EventId> end = Optional.of(page.last());
            if (page.events().isEmpty() && (from.isEmpty() || from.equals(end))) {
                return new EventStore.Page(List.copyOf(found), missed, page.last());
            }
            from = end;
        }
    }

    @Override
    public EventId last() throws EventStoreException {
        return log.last();
    }
}
