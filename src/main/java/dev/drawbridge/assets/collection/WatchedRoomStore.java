package dev.drawbridge.assets.collection;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Compaction;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A store of rooms, of which it is watched what goes into it: an asset that is referred to anew counts as touched. */
public final class WatchedRoomStore implements RoomStore {
    private final RoomStore rooms;
    private final RecentMentions recent;

    public WatchedRoomStore(RoomStore rooms, RecentMentions recent) {
        this.rooms = rooms;
        this.recent = recent;
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        recent.seen(change.puts());
        return rooms.commit(roomId, owner, change);
    }

    @Override
    public CompletionStage<Opening> open(String roomId) {
        return rooms.open(roomId);
    }

    @Override
    public CompletionStage<Optional<String>> owner(String roomId) {
        return rooms.owner(roomId);
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
        return rooms.read(roomId, admission);
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId) {
        return rooms.readRecord(roomId, recordId);
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range) {
        return rooms.readRecords(roomId, range);
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
        return rooms.release(roomId, owner, successor);
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        return rooms.delete(roomId);
    }

    @Override
    public CompletionStage<Optional<RoomSummary>> find(String roomId) {
        return rooms.find(roomId);
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        return rooms.list(prefix, after, limit);
    }

    @Override
    public CompletionStage<Void> ping() {
        return rooms.ping();
    }

    @Override
    public CompletionStage<Compaction> compact() {
        return rooms.compact();
    }

    @Override
    public void close() {
        rooms.close();
    }
}
