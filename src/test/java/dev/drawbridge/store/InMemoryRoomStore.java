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

/**
 * Rooms in the memory of a test. Every stage has ended when the call returns; closing loses nothing. Several nodes may share
 * them, each by a store of its own.
 */
public final class InMemoryRoomStore implements RoomStore {
    private final Shared shared;
    private final String nodeId;
    private final Liveness liveness;

    /** What all nodes see. */
    private static final class Shared {
        private final NavigableMap<String, Kept> rooms = new TreeMap<>();
        private int tokens;
        private long clockFloor;
    }

    /** One for a node that is alone. */
    public InMemoryRoomStore() {
        this(new Shared(), "node", Liveness.ALONE);
    }

    private InMemoryRoomStore(Shared shared, String nodeId, Liveness liveness) {
        this.shared = shared;
        this.nodeId = nodeId;
        this.liveness = liveness;
    }

    /** The same rooms, as another node sees them. */
    public InMemoryRoomStore of(String otherNode, Liveness itsLiveness) {
        return new InMemoryRoomStore(shared, otherNode, itsLiveness);
    }

    private static final class Kept {
        private long epoch;
        private @Nullable String token;
        private @Nullable String left;
        private @Nullable String owner;
        private long clock;
        private long historyStartsAt;
        private DocumentSize size = DocumentSize.EMPTY;
        private @Nullable SerializedSchema schema;
        private final Map<String, StoredRecord> documents = new LinkedHashMap<>();
        private final Map<String, Long> tombstones = new LinkedHashMap<>();

        boolean isOwnedBy(Ownership owner) {
            return epoch == owner.epoch() && owner.token().equals(token);
        }

        boolean isLeftBy(Ownership owner) {
            return epoch == owner.epoch() && owner.token().equals(left);
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
            return new RoomSummary(roomId, clock, size, Instant.EPOCH, Instant.EPOCH, Optional.ofNullable(owner));
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
    public CompletionStage<Opening> open(String roomId) {
        Kept before;
        synchronized (shared) {
            before = shared.rooms.get(roomId);
            if (before == null || before.owner == null || before.owner.equals(nodeId)) {
                return CompletableFuture.completedFuture(takeOver(roomId));
            }
        }
        String owner = before.owner;
        long epoch = before.epoch;
        return liveness.isAlive(owner)
                .thenApply(alive -> alive ? new Opening.OwnedElsewhere(owner) : takeOverFrom(roomId, owner, epoch));
    }

    private Opening takeOverFrom(String roomId, String owner, long epoch) {
        synchronized (shared) {
            Kept room = shared.rooms.get(roomId);
            if (room != null && room.owner != null && (!room.owner.equals(owner) || room.epoch != epoch)) {
                return new Opening.OwnedElsewhere(room.owner);
            }
            return takeOver(roomId);
        }
    }

    private OpenedRoom takeOver(String roomId) {
        Kept room = shared.rooms.computeIfAbsent(roomId, ignored -> new Kept());
        room.epoch++;
        room.owner = nodeId;
        room.token = "token-" + ++shared.tokens;
        room.left = null;
        return new OpenedRoom(new Ownership(room.epoch, room.token), room.snapshot(), false, shared.clockFloor);
    }

    @Override
    public CompletionStage<Optional<String>> owner(String roomId) {
        synchronized (shared) {
            return CompletableFuture.completedFuture(
                    Optional.ofNullable(shared.rooms.get(roomId)).map(room -> room.owner));
        }
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
        synchronized (shared) {
            Optional<Kept> room = Optional.ofNullable(shared.rooms.get(roomId)).filter(kept -> kept.clock > 0);
            return room.isPresent() && !admission.admits(room.get().size)
                    ? CompletableFuture.failedFuture(new NotAdmittedException(roomId, room.get().size))
                    : CompletableFuture.completedFuture(room.flatMap(Kept::snapshot));
        }
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
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        synchronized (shared) {
            Kept room = shared.rooms.get(roomId);
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
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
        synchronized (shared) {
            Kept room = shared.rooms.get(roomId);
            if (room != null && (room.isOwnedBy(owner) || room.isLeftBy(owner))) {
                room.token = null;
                room.owner = successor.orElse(null);
                room.left = successor.isPresent() ? owner.token() : null;
                shared.rooms.values().removeIf(kept -> kept == room && kept.clock == 0 && kept.owner == null);
            }
            return CompletableFuture.allOf();
        }
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        synchronized (shared) {
            Kept room = shared.rooms.remove(roomId);
            shared.clockFloor = Math.max(shared.clockFloor, room == null ? 0 : room.clock);
            return CompletableFuture.completedFuture(room != null && room.clock > 0);
        }
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        synchronized (shared) {
            Stream<Map.Entry<String, Kept>> from =
                    (after.isPresent() ? shared.rooms.tailMap(after.get(), false) : shared.rooms).entrySet().stream();
            return CompletableFuture.completedFuture(RoomPage.of(
                    from.filter(room -> room.getKey().startsWith(prefix) && room.getValue().clock > 0)
                            .map(room -> room.getValue().summary(room.getKey()))
                            .limit(limit + 1L)
                            .toList(),
                    limit));
        }
    }

    @Override
    public CompletionStage<Optional<RoomSummary>> find(String roomId) {
        synchronized (shared) {
            return CompletableFuture.completedFuture(Optional.ofNullable(shared.rooms.get(roomId))
                    .filter(room -> room.clock > 0)
                    .map(room -> room.summary(roomId)));
        }
    }

    @Override
    public CompletionStage<Void> ping() {
        return CompletableFuture.allOf();
    }

    @Override
    public void close() {}
}
