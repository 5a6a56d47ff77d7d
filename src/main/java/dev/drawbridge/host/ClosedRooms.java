package dev.drawbridge.host;

import dev.drawbridge.room.DamagedRecordException;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.RoomLoader;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.MigrationException;
import dev.drawbridge.store.NotAdmittedException;
import dev.drawbridge.store.RecordGatherer;
import dev.drawbridge.store.RoomExcerpt;
import dev.drawbridge.store.RoomStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Reads rooms that are not open here from the store, without opening them: as they were committed last, by whomever, and as
 * they would be loaded. What a whole room takes in memory is borrowed before it is read.
 */
final class ClosedRooms {
    /** A record's object, its id, its key, and the headers of its arrays. */
    private static final long A_RECORD = 160;

    /** What the tree of an ordinary record takes, as a multiple of its text. */
    private static final int A_TREE = 10;

    private final RoomStore store;
    private final RoomLoader loader;
    private final Executor background;

    ClosedRooms(RoomStore store, RoomLoader loader, Executor background) {
        this.store = store;
        this.loader = loader;
        this.background = background;
    }

    CompletionStage<RoomSnapshot> snapshot(String roomId, ByteLoan loan) {
        return read(roomId, loan).thenComposeAsync(stored -> asLoaded(roomId, stored, loan), background);
    }

    /** One row, where it can be told what it would be loaded as; else the whole room. */
    CompletionStage<RoomCommands.Read> record(String roomId, String recordId, ByteLoan loan) {
        return found(roomId, store.readRecord(roomId, recordId))
                .thenComposeAsync(
                        excerpt -> migrating(
                                roomId,
                                () -> loader.migratesAsWhole(excerpt.schema())
                                        ? snapshot(roomId, loan).thenApply(room -> pick(room, recordId))
                                        : CompletableFuture.completedStage(asLoaded(excerpt))),
                        background);
    }

    /** Some rows, one after the other; the first one tells whether the whole room has to be read for them. */
    CompletionStage<List<StoredRecord>> records(String roomId, List<String> recordIds, ByteLoan loan) {
        if (recordIds.isEmpty()) {
            return CompletableFuture.completedStage(List.of());
        }
        return found(roomId, store.readRecord(roomId, recordIds.getFirst()))
                .thenCompose(first -> migrating(
                        roomId,
                        () -> loader.migratesAsWhole(first.schema())
                                ? snapshot(roomId, loan).thenApply(room -> pick(room, recordIds))
                                : rows(roomId, recordIds, loan)));
    }

    private CompletionStage<List<StoredRecord>> rows(String roomId, List<String> recordIds, ByteLoan loan) {
        List<StoredRecord> found = new ArrayList<>();
        CompletionStage<?> reading = CompletableFuture.completedStage(true);
        for (String id : recordIds) {
            reading = reading.thenCompose(done -> record(roomId, id, loan))
                    .thenAccept(read -> read.record().ifPresent(found::add));
        }
        return reading.thenApply(done -> List.copyOf(found));
    }

    private static List<StoredRecord> pick(RoomSnapshot room, List<String> recordIds) {
        Set<String> wanted = Set.copyOf(recordIds);
        return room.documents().stream()
                .filter(record -> wanted.contains(record.id()))
                .toList();
    }

    private RoomCommands.Read asLoaded(RoomExcerpt excerpt) throws MigrationException {
        if (excerpt.records().isEmpty()) {
            return new RoomCommands.Read(Optional.empty(), excerpt.documentClock());
        }
        long next = excerpt.documentClock() + 1;
        StoredRecord stored = excerpt.records().getFirst();
        Optional<StoredRecord> loaded = loader.asLoaded(stored, excerpt.schema(), next);
        boolean same = loaded.isPresent() && loaded.get() == stored;
        return new RoomCommands.Read(loaded, same ? excerpt.documentClock() : next);
    }

    private static RoomCommands.Read pick(RoomSnapshot room, String recordId) {
        Optional<StoredRecord> record = room.documents().stream()
                .filter(each -> each.id().equals(recordId))
                .findFirst();
        return new RoomCommands.Read(record, room.documentClock());
    }

    /** A page of what is stored, where that is what would be loaded; else the whole room is read for it. */
    CompletionStage<RecordsPage> records(String roomId, RecordsQuery query, ByteLoan loan) {
        return found(roomId, store.readRecords(roomId, query.range()))
                .thenCompose(excerpt -> loader.isCurrent(excerpt.schema())
                        ? CompletableFuture.completedStage(RecordsPage.of(excerpt))
                        : snapshot(roomId, loan)
                                .thenApply(room -> page(room.documents(), room.documentClock(), query)));
    }

    /** A page of records that are there. It takes as long as there are records: to be run where that hurts nobody. */
    RecordsPage page(List<StoredRecord> records, long documentClock, RecordsQuery query) {
        RecordGatherer page = new RecordGatherer(query.range());
        records.forEach(page::offer);
        return RecordsPage.of(page.excerpt(documentClock, loader.schema()));
    }

    private CompletionStage<RoomSnapshot> read(String roomId, ByteLoan loan) {
        CompletionStage<Optional<RoomSnapshot>> reading =
                loan.during(store.read(roomId, size -> loan.tryTake(whole(size))));
        return found(roomId, reading).exceptionallyCompose(error -> {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            return CompletableFuture.failedStage(
                    cause instanceof NotAdmittedException ? RoomCommandException.Unavailable.noMemory() : cause);
        });
    }

    private static long whole(DocumentSize size) {
        return size.bytes() + A_RECORD * size.records();
    }

    private CompletionStage<RoomSnapshot> asLoaded(String roomId, RoomSnapshot stored, ByteLoan loan) {
        return migrating(roomId, () -> {
            boolean trees = loader.migratesAsWhole(stored.schema());
            if (trees && !loan.tryTake(A_TREE * stored.size().bytes())) {
                throw RoomCommandException.Unavailable.noMemory();
            }
            return CompletableFuture.completedStage(loader.asLoaded(stored));
        });
    }

    @FunctionalInterface
    private interface Migrating<T> {
        CompletionStage<T> begin() throws MigrationException, RoomCommandException;
    }

    private static <T> CompletionStage<T> migrating(String roomId, Migrating<T> work) {
        try {
            return work.begin();
        } catch (RoomCommandException e) {
            return CompletableFuture.failedStage(e);
        } catch (MigrationException | DamagedRecordException e) {
            return CompletableFuture.failedStage(new RoomCommandException.Unavailable(
                    "What is stored of the room " + roomId + " cannot be used: " + e.getMessage()));
        }
    }

    private static <T> CompletionStage<T> found(String roomId, CompletionStage<Optional<T>> read) {
        return read.thenCompose(found -> found.map(CompletableFuture::completedStage)
                .orElseGet(() -> CompletableFuture.failedStage(new RoomCommandException.NoSuchRoom(roomId))));
    }
}
