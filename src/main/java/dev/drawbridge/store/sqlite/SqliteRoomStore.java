package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.store.Admission;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.Compaction;
import dev.drawbridge.store.NotAdmittedException;
import dev.drawbridge.store.Opening;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RecordRange;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.RoomSummary;
import dev.drawbridge.store.StoreException;
import dev.drawbridge.store.sqlite.SqliteRoomReader.Page;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Rooms in one SQLite file: WAL, every commit synced to the disk, one writer with group commit, readers apart. A commit
 * survives {@code kill -9} and, on a disk that keeps its promises, a power cut.
 */
public final class SqliteRoomStore implements RoomStore {
    private final SqliteFile file;
    private final InstantSource clock;
    private final Supplier<String> tokens;
    private final GroupCommit writer;
    private final Readers readers;
    private final Pulse pulse;

    private SqliteRoomStore(SqliteFile file, InstantSource clock, Supplier<String> tokens, GroupCommit.Writing writing)
            throws SQLException {
        this.file = file;
        this.clock = clock;
        this.tokens = tokens;
        this.writer = new GroupCommit(file, writing);
        this.readers = new Readers(file);
        this.pulse = new Pulse(file, writer);
    }

    /**
     * Opens the file, and makes it when there is none.
     *
     * @param tokens makes a new random text at each call
     * @throws StoreException when the file cannot be used; the message says why and what to do
     */
    public static SqliteRoomStore open(Path path, InstantSource clock, Supplier<String> tokens) {
        return open(path, clock, tokens, RoomWriter::new);
    }

    /** For tests that have small changes journalled. */
    static SqliteRoomStore open(Path path, InstantSource clock, Supplier<String> tokens, GroupCommit.Writing writing) {
        SqliteFile file = SqliteFile.open(path, SqliteLayout.CURRENT);
        try {
            return new SqliteRoomStore(file, clock, tokens, writing);
        } catch (SQLException e) {
            file.close();
            throw SqliteFault.explain(path, e);
        }
    }

    @Override
    public CompletionStage<Opening> open(String roomId) {
        String token = tokens.get();
        return writer.submit((rooms, connection) -> rooms.takeOver(roomId, token, clock.millis()))
                .thenCompose(
                        taken -> readers.submit(taken.bytes(), of(roomId, rooms -> rooms.read(roomId, taken.owner()))));
    }

    /** There is but one node. */
    @Override
    public CompletionStage<Optional<String>> owner(String roomId) {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public CompletionStage<Optional<RoomSnapshot>> read(String roomId, Admission admission) {
        return find(roomId)
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedStage(Optional.empty())
                        : readers.submit(
                                found.get().size().bytes(), of(roomId, rooms -> rooms.read(roomId, admission))));
    }

    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecord(String roomId, String recordId) {
        return readers.submit(of(roomId, rooms -> rooms.readRecord(roomId, recordId)));
    }

    /** Most pages are found at once. What has to be looked for all over a large room takes its turn among the large ones. */
    @Override
    public CompletionStage<Optional<RoomExcerpt>> readRecords(String roomId, RecordRange range) {
        return page(roomId, range, 0, Readers.LARGE).thenCompose(page -> switch (page) {
            case Page.Complete(var excerpt) -> CompletableFuture.completedStage(excerpt);
            case Page.TooLong() ->
                page(roomId, range, Readers.LARGE, Long.MAX_VALUE)
                        .thenApply(whole -> ((Page.Complete) whole).excerpt());
        });
    }

    private CompletionStage<Page> page(String roomId, RecordRange range, long bytes, long most) {
        return readers.submit(bytes, of(roomId, rooms -> rooms.readRecords(roomId, range, most)));
    }

    /** What goes wrong is said of the room. */
    private static <T> Readers.Read<T> of(String roomId, Readers.Read<T> read) {
        return rooms -> {
            try {
                return read.run(rooms);
            } catch (NotAdmittedException e) {
                throw e;
            } catch (StoreException e) {
                throw new StoreException("The room " + roomId + " cannot be read: " + e.getMessage(), e);
            }
        };
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        return writer.commit(
                change.bytesPut(), (rooms, connection) -> rooms.commit(roomId, owner, change, clock.millis()));
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner, Optional<String> successor) {
        return writer.submit((rooms, connection) -> {
                    rooms.release(roomId, owner);
                    return true;
                })
                .thenAccept(released -> {});
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        return writer.submit((rooms, connection) -> rooms.delete(roomId));
    }

    @Override
    public CompletionStage<Optional<RoomSummary>> find(String roomId) {
        return readers.submit(rooms -> rooms.find(roomId));
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        return readers.submit(rooms -> rooms.list(prefix, after, limit));
    }

    /** A writer that is stuck is as bad as a file that is gone. */
    @Override
    public CompletionStage<Void> ping() {
        return pulse.feel();
    }

    @Override
    public CompletionStage<Compaction> compact() {
        return new FreeSpace(file.path(), writer).giveBack();
    }

    /** For tests that set the database to a limit. */
    GroupCommit writer() {
        return writer;
    }

    /** For tests that hold readers up. */
    Readers readers() {
        return readers;
    }

    @Override
    public void close() {
        pulse.close();
        readers.close();
        writer.close();
        file.close();
    }
}
