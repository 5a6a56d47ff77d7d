package dev.drawbridge.host;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A store that answers when the test says so, and what the test says. */
final class HandStore implements RoomStore {
    static final Ownership OWNER = new Ownership(1, "token");

    private final Queue<CompletableFuture<Opening>> opens = new ArrayDeque<>();
    private final Queue<Commit> commits = new ArrayDeque<>();
    private final Queue<CompletableFuture<Void>> releases = new ArrayDeque<>();
    private final List<String> successors = new ArrayList<>();
    private final Queue<CompletableFuture<Boolean>> deletes = new ArrayDeque<>();

    /** A commit that waits for its answer. */
    record Commit(DocumentChange change, CompletableFuture<CommitResult> answer) {

        void is(CommitResult result) {
            answer.complete(result);
        }

        void fails() {
            answer.completeExceptionally(new StoreException("the store is away"));
        }
    }

    @Override
    public CompletionStage<Opening> open(String roomId) {
        CompletableFuture<Opening> answer = new CompletableFuture<>();
        opens.add(answer);
        return answer;
    }

    @Override
    public CompletionStage<Optional<String>> owner(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        Commit commit = new Commit(change, new CompletableFuture<>());
        commits.add(commit);
        return commit.answer;
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        releases.add(answer);
        successors.add(successor.orElse("nobody"));
        return answer;
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        deletes.add(answer);
        return answer;
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
    public CompletionStage<Optional<RoomSummary>> find(String roomId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Void> ping() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}

    // ---- what the test says

    int opensAsked() {
        return opens.size();
    }

    int commitsAsked() {
        return commits.size();
    }

    int releasesAsked() {
        return releases.size();
    }

    int deletesAsked() {
        return deletes.size();
    }

    /** To whom it has been given back, one time after the other. */
    List<String> successors() {
        return successors;
    }

    void opens(Optional<RoomSnapshot> snapshot, boolean mayHaveLostCommits) {
        opens.remove().complete(new OpenedRoom(OWNER, snapshot, mayHaveLostCommits));
    }

    /** Another node has it. */
    void isAt(String nodeId) {
        opens.remove().complete(new Opening.OwnedElsewhere(nodeId));
    }

    void opens(RoomSnapshot snapshot) {
        opens(Optional.of(snapshot), false);
    }

    void cannotOpen() {
        opens.remove().completeExceptionally(new StoreException("the store is away"));
    }

    /** The oldest commit that waits for its answer. */
    Commit commit() {
        return commits.remove();
    }

    void released() {
        releases.remove().complete(null);
    }

    void deleted(boolean existed) {
        deletes.remove().complete(existed);
    }

    void cannotRelease() {
        releases.remove().completeExceptionally(new StoreException("the store is away"));
    }
}
