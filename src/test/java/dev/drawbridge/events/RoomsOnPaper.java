package dev.drawbridge.events;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Rooms without records: what there is to say of each. Only what looks at them is there. */
final class RoomsOnPaper implements RoomStore {
    final TreeMap<String, RoomSummary> rooms = new TreeMap<>();
    boolean away;

    void put(String id, long clock, Instant created, Optional<String> owner) {
        rooms.put(id, new RoomSummary(id, clock, new DocumentSize(1, 1), created, created, owner));
    }

    @Override
    public CompletionStage<Optional<RoomSummary>> find(String roomId) {
        return away
                ? CompletableFuture.failedStage(new StoreException("is away", new IOException()))
                : CompletableFuture.completedStage(Optional.ofNullable(rooms.get(roomId)));
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        if (away) {
            return CompletableFuture.failedStage(new StoreException("is away", new IOException()));
        }
        List<RoomSummary> found = (after.isEmpty() ? rooms : rooms.tailMap(after.get(), false))
                .values().stream().limit(limit + 1L).toList();
        return CompletableFuture.completedStage(RoomPage.of(found, limit));
    }

    @Override
    public CompletionStage<Opening> open(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<String>> owner(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> ping() {
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {
        // nothing to let go of
    }
}
