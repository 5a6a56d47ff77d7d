package dev.drawbridge.store.sqlite;

import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.store.CommitResult;
import dev.drawbridge.store.OpenedRoom;
import dev.drawbridge.store.Ownership;
import dev.drawbridge.store.RoomPage;
import dev.drawbridge.store.RoomStore;
import dev.drawbridge.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Rooms in one SQLite file: WAL, every commit synced to the disk, one writer with group commit, readers apart. */
public final class SqliteRoomStore implements RoomStore {
    private static final int READERS = 2;

    private final SqliteFile file;
    private final InstantSource clock;
    private final Supplier<String> tokens;
    private final GroupCommit writer;
    private final ExecutorService readers;

    private SqliteRoomStore(SqliteFile file, InstantSource clock, Supplier<String> tokens) throws SQLException {
        this.file = file;
        this.clock = clock;
        this.tokens = tokens;
        this.writer = new GroupCommit(file.connect());
        this.readers = Executors.newFixedThreadPool(
                READERS, Thread.ofPlatform().name("sqlite-reader-", 0).factory());
    }

    /**
     * Opens the file, and makes it when there is none.
     *
     * @param tokens makes a new random text at each call
     * @throws StoreException when the file cannot be used; the message says why and what to do
     */
    public static SqliteRoomStore open(Path path, InstantSource clock, Supplier<String> tokens) {
        SqliteFile file = SqliteFile.open(path);
        try {
            return new SqliteRoomStore(file, clock, tokens);
        } catch (SQLException e) {
            file.close();
            throw new StoreException("The room store " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public CompletionStage<OpenedRoom> open(String roomId) {
        String token = tokens.get();
        return writer.submit(connection -> new RoomTables(connection).takeOver(roomId, token, clock.millis()))
                .thenCompose(ownership -> read(tables -> new OpenedRoom(ownership, tables.read(roomId), false)));
    }

    @Override
    public CompletionStage<CommitResult> commit(String roomId, Ownership owner, DocumentChange change) {
        return writer.submit(connection -> new RoomTables(connection).commit(roomId, owner, change, clock.millis()));
    }

    @Override
    public CompletionStage<Void> release(String roomId, Ownership owner) {
        return writer.submit(connection -> new RoomTables(connection).release(roomId, owner))
                .thenAccept(released -> {});
    }

    @Override
    public CompletionStage<Boolean> delete(String roomId) {
        return writer.submit(connection -> new RoomTables(connection).delete(roomId));
    }

    @Override
    public CompletionStage<RoomPage> list(String prefix, Optional<String> after, int limit) {
        return read(tables -> tables.list(prefix, after, limit));
    }

    @Override
    public void close() {
        readers.shutdown();
        try {
            readers.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
        file.close();
    }

    @FunctionalInterface
    private interface Read<T> {
        T run(RoomTables tables) throws SQLException;
    }

    private <T> CompletionStage<T> read(Read<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        readers.execute(() -> {
            try (Connection connection = file.connect()) {
                result.complete(read.run(new RoomTables(connection)));
            } catch (SQLException | RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        return result;
    }
}
