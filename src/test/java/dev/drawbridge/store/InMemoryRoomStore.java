package dev.drawbridge.store;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rooms in the memory of a test. Every stage has ended when the call returns; closing loses nothing. */
public final class InMemoryRoomStore implements RoomStore {
    private final NavigableMap<String, Kept> rooms = new TreeMap<>();
    private int tokens;
    private long clockFloor;

    private static final class Kept {
        private long epoch;
        private @Nullable String token;
        private long clock;
        private long historyStartsAt;
        private DocumentSize size = DocumentSize.EMPTY;
        private @Nullable SerializedSchema schema;
        private final Map<String, StoredRecord> documents = new LinkedHashMap<>();
        private final Map<String, Long> tombstones = new LinkedHashMap<>();

        boolean isOwnedBy(Ownership owner) {
            return epoch == owner.epoch() && owner.token().equals(token);
        }

        Optional<RoomSnapshot> snapshot() {
            return schema == null
                    ? Optional.empty()
                    : Optional.of(new RoomSnapshot(
                            List.copyOf(documents.values()),
                            new LinkedHashMap<>(tombstones),
                            clock,
                            historyStartsAt,
                            schema));
        }

        RoomSummary summary(String roomId) {
            return new RoomSummary(roomId, clock, size, Instant.EPOCH, Instant.EPOCH);
        }

        void apply(DocumentChange change) {
            size = change.size();
            clock = change.clock();
            historyStartsAt = change.historyStartsAtClock();
            schema = change.schema();
            change.puts().forEach(put -> documents.put(put.id(), put));
            change.tombstones().keySet().forEach(documents::remove);
            change.prunedTombstones().forEach(tombstones::remove);
            tombstones.putAll(change.tombstones());
        }
    }

    @Override
    public synchronized CompletionStage<OpenedRoom> open(String roomId) {
        Kept room = rooms.computeIfAbsent(roomId, ignored -> new Kept());
        room.epoch++;
        room.token = "token-" + ++tokens;
        return CompletableFuture.completedFuture(
                new OpenedRoom(new Ownership(room.epoch, room.token), room.snapshot(), false, clockFloor));
    }

    @Override
    public synchronized CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
        Optional<Kept> room = Optional.ofNullable(rooms.get(roomId)).filter(kept -> kept.clock > 0);
        return room.isPresent() && !admission.admits(room.get().size)
                ? CompletableFuture.failedFuture(new NotAdmittedException(roomId, room.get().size))
                : CompletableFuture.completedFuture(room.flatMap(Kept::snapshot));
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId) {
        return read(roomId, Admission.ANY)
                .thenApply(found -> found.map(room -> new RoomExcerpt(
                        room.documents().stream()
                                .filter(record -> record.id().equals(recordId))
                                .toList(),
                        false,
                        room.documentClock(),
                        room.schema())));
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range) {
        return read(roomId, Admission.ANY)
                .thenApply(found -> found.map(room -> {
                    RecordGatherer page = new RecordGatherer(range);
                    room.documents().forEach(page::offer);
                    return page.excerpt(room.documentClock(), room.schema());
                }));
    }

    @Override
    public synchronized CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        Kept room = rooms.get(roomId);
        if (room == null || !room.isOwnedBy(owner)) {
            return CompletableFuture.completedFuture(new CommitResult.Fenced());
        }
        if (room.clock == change.previousClock()) {
            room.apply(change);
        } else if (room.clock != change.clock()) {
            return CompletableFuture.completedFuture(new CommitResult.Conflict(room.clock));
        }
        return CompletableFuture.completedFuture(new CommitResult.Committed());
    }

    @Override
    public synchronized CompletionStage<Void> release(String roomId, Ownership owner) {
        Kept room = rooms.get(roomId);
        if (room != null && room.isOwnedBy(owner)) {
            room.token = null;
            rooms.values().removeIf(kept -> kept == room && kept.clock == 0);
        }
        return CompletableFuture.allOf();
    }

    @Override
    public synchronized CompletionStage<Boolean> delete(String roomId) {
        Kept room = rooms.remove(roomId);
        clockFloor = Math.max(clockFloor, room == null ? 0 : room.clock);
        return CompletableFuture.completedFuture(room != null && room.clock > 0);
    }

    @Override
    public synchronized CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        Stream<Map.Entry<String, Kept>> from =
                (after.isPresent() ? rooms.tailMap(after.get(), false) : rooms).entrySet().stream();
        return CompletableFuture.completedFuture(RoomPage.of(
                from.filter(room -> room.getKey().startsWith(prefix) && room.getValue().clock > 0)
                        .map(room -> room.getValue().summary(room.getKey()))
                        .limit(limit + 1L)
                        .toList(),
                limit));
    }

    @Override
    public synchronized CompletionStage<Optional<RoomSummary>> find(String roomId) {
        return CompletableFuture.completedFuture(Optional.ofNullable(rooms.get(roomId))
                .filter(room -> room.clock > 0)
                .map(room -> room.summary(roomId)));
    }

    @Override
    public CompletionStage<Void> ping() {
        return CompletableFuture.allOf();
    }

    @Override
    public void close() {}
}
