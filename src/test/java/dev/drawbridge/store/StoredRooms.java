package dev.drawbridge.store;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.DocumentChange;
import dev.drawbridge.room.DocumentSize;
import dev.drawbridge.room.RoomSnapshot;
import dev.drawbridge.room.StoredRecord;
import dev.drawbridge.schema.SerializedSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What store tests store, and how they wait for it. */
public final class StoredRooms {
    public static final SerializedSchema SCHEMA = SerializedSchema.EARLIEST;

    private StoredRooms() {}

    public static String token() {
        return UUID.randomUUID().toString();
    }

    public static StoredRecord record(String id, long clock) {
        return record(id, clock, "text at " + clock);
    }

    public static StoredRecord record(String id, long clock, String text) {
        JsonObject record = JsonObject.builder()
                .put("id", id)
                .put("typeName", "shape")
                .put("text", text)
                .build();
        return new StoredRecord(id, Json.encode(record), clock);
    }

    /** A change that follows the clock before its own. */
    public static DocumentChange change(long clock, StoredRecord... puts) {
        return change(clock, List.of(puts), Map.of(), Set.of());
    }

    public static DocumentChange change(
            long clock, List<StoredRecord> puts, Map<String, Long> tombstones, Set<String> pruned) {
        return new DocumentChange(clock - 1, clock, 0, SCHEMA, puts, tombstones, pruned, size(puts));
    }

    /** The size of a document that has these records and no others. */
    public static DocumentSize size(List<StoredRecord> records) {
        return new DocumentSize(
                records.size(),
                records.stream().mapToLong(record -> record.json().length).sum());
    }

    /** The documents of a room as texts, by id. */
    public static Map<String, String> documents(RoomSnapshot room) {
        Map<String, String> documents = new TreeMap<>();
        for (StoredRecord record : room.documents()) {
            documents.put(
                    record.id(), record.lastChangedClock() + " " + new String(record.json(), StandardCharsets.UTF_8));
        }
        return documents;
    }

    public static Map<String, String> documents(StoredRecord... records) {
        return documents(new RoomSnapshot(List.of(records), Map.of(), 0, 0, SCHEMA));
    }

    /** Waits for the opening of a room that nobody else has. */
    public static OpenedRoom opened(CompletionStage<Opening> opening) {
        return (OpenedRoom) get(opening);
    }

    /** Waits for what must succeed. */
    public static <T> T get(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for what must fail. */
    public static Throwable failureOf(CompletionStage<?> stage) {
        return get(stage.handle((value, error) -> {
            if (error == null) {
                throw new AssertionError("it has not failed, but ended with " + value);
            }
            return error.getCause() != null && error instanceof CompletionException ? error.getCause() : error;
        }));
    }
}
