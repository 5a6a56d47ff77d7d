package dev.drawbridge.events;

import dev.drawbridge.host.Neighbours;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Which rooms and which nodes there are, for a thread that may wait. What has no answer is an {@link EventStoreException}. */
final class RoomsThere {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RoomStore rooms;
    private final Neighbours neighbours;

    RoomsThere(RoomStore rooms, Neighbours neighbours) {
        this.rooms = rooms;
        this.neighbours = neighbours;
    }

    RoomPage page(Optional<String> after, int limit) throws EventStoreException {
        return await(rooms.list("", after, limit));
    }

    Optional<RoomSummary> find(String roomId) throws EventStoreException {
        return await(rooms.find(roomId));
    }

    /** Those of these rooms that are stored. */
    Map<String, RoomSummary> find(Collection<String> roomIds) throws EventStoreException {
        Map<String, CompletionStage<Optional<RoomSummary>>> asked = new LinkedHashMap<>();
        roomIds.forEach(id -> asked.put(id, rooms.find(id)));
        Map<String, RoomSummary> found = new HashMap<>();
        for (Map.Entry<String, CompletionStage<Optional<RoomSummary>>> each : asked.entrySet()) {
            await(each.getValue()).ifPresent(room -> found.put(each.getKey(), room));
        }
        return found;
    }

    /** Which of these nodes are alive, others than this one. One that is alone has no others. */
    Set<String> alive(Set<String> nodes) throws EventStoreException {
        return nodes.isEmpty() || !neighbours.isCluster() ? Set.of() : await(neighbours.alive(nodes));
    }

    private static <T> T await(CompletionStage<T> answer) throws EventStoreException {
        CompletableFuture<T> future = answer.toCompletableFuture();
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException e) {
            if (e.getCause() instanceof StoreException store) {
                throw new EventStoreException("the store of rooms does not answer: " + store.getMessage(), store);
            }
            throw new EventStoreException("rooms cannot be looked at", e.getCause());
        } catch (TimeoutException e) {
            throw new EventStoreException("the store of rooms does not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EventStoreException("the server stops", e);
        }
    }
}
