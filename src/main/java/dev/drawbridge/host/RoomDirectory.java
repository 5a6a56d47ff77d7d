package dev.drawbridge.host;

import dev.drawbridge.host.RoomDetails.State;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Which rooms there are: what is stored of them, and whether they are open here. No room is asked. */
final class RoomDirectory {
    /** A search looks at so many rooms at the most, and hands out where to go on. */
    private static final int MOST_LOOKED_AT = 5_000;

    private static final int AT_ONCE = 500;

    private final RoomRegistry registry;
    private final RoomStore store;
    private final NodeIdentity node;

    RoomDirectory(RoomRegistry registry, RoomStore store, NodeIdentity node) {
        this.registry = registry;
        this.store = store;
        this.node = node;
    }

    CompletionStage<Optional<RoomDetails>> find(String roomId) {
        return store.find(roomId).thenApply(stored -> stored.map(this::details));
    }

    private RoomDetails details(RoomSummary stored) {
        Optional<RoomHost> host = registry.open(stored.roomId());
        return new RoomDetails(
                stored.roomId(),
                host.isPresent() ? State.ACTIVE : State.STORED,
                host.map(open -> node.id()),
                host.map(RoomHost::sessions).orElse(0),
                stored.size().records(),
                stored.size().bytes(),
                stored.documentClock(),
                stored.created(),
                stored.changed());
    }

    CompletionStage<RoomListing> list(RoomQuery query) {
        return query.state().equals(Optional.of(State.ACTIVE))
                ? open(query)
                : stored(query, query.after(), new ArrayList<>(), 0);
    }

    private CompletionStage<RoomListing> open(RoomQuery query) {
        List<String> ids = registry.openRooms().stream()
                .filter(id -> id.contains(query.text()))
                .filter(id ->
                        query.after().isEmpty() || id.compareTo(query.after().get()) > 0)
                .limit(query.limit() + 1L)
                .toList();
        List<String> page = ids.size() > query.limit() ? ids.subList(0, query.limit()) : ids;
        List<CompletableFuture<Optional<RoomDetails>>> found =
                page.stream().map(id -> find(id).toCompletableFuture()).toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new))
                .thenApply(all -> new RoomListing(
                        // one that nothing is stored of yet is not there yet
                        found.stream().flatMap(each -> each.join().stream()).toList(),
                        ids.size() > page.size() ? Optional.of(page.getLast()) : Optional.empty()));
    }

    private CompletionStage<RoomListing> stored(
            RoomQuery query, Optional<String> after, List<RoomDetails> found, int lookedAt) {
        boolean all = query.text().isEmpty() && query.state().isEmpty();
        return store.list("", after, all ? query.limit() : AT_ONCE).thenCompose(page -> {
            for (RoomSummary room : page.rooms()) {
                if (found.size() == query.limit()) {
                    return CompletableFuture.completedStage(
                            new RoomListing(found, Optional.of(found.getLast().id())));
                }
                RoomDetails details = details(room);
                if (matches(query, details)) {
                    found.add(details);
                }
            }
            int looked = lookedAt + page.rooms().size();
            return page.next().isEmpty() || found.size() == query.limit() || looked >= MOST_LOOKED_AT
                    ? CompletableFuture.completedStage(new RoomListing(found, page.next()))
                    : stored(query, page.next(), found, looked);
        });
    }

    private static boolean matches(RoomQuery query, RoomDetails room) {
        return room.id().contains(query.text())
                && (query.state().isEmpty() || query.state().get() == room.state());
    }
}
