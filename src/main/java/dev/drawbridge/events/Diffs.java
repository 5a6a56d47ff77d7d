package dev.drawbridge.events;

import dev.drawbridge.events.Happening.Changed;
import dev.drawbridge.events.Happening.Diff;
import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.host.ByteLoan;
import dev.drawbridge.host.RoomCommands;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.room.DamagedRecordException;
import dev.drawbridge.room.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Reads the records that have changed, for those who want them: as they are now, and only when they are not too much. */
public final class Diffs {
    /** A diff of more is not told. */
    static final long MOST_BYTES = 256 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Source source;
    private final ByteBudget memory;

    /** Looks records of a room up. */
    @FunctionalInterface
    interface Source {
        CompletionStage<List<StoredRecord>> records(String roomId, List<String> ids, ByteLoan loan);
    }

    /** @param memory for rooms that have to be read from the store */
    public Diffs(RoomCommands rooms, ByteBudget memory) {
        this(rooms::records, memory);
    }

    Diffs(Source source, ByteBudget memory) {
        this.source = source;
        this.memory = memory;
    }

    /** The events with their diffs. It waits for the rooms, all at once; without an answer there is no diff. */
    List<RoomEvent> with(List<Noted> noted) {
        List<CompletableFuture<RoomEvent>> events =
                noted.stream().map(this::with).toList();
        return events.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<RoomEvent> with(Noted noted) {
        RoomEvent event = noted.event();
        if (noted.touched().isEmpty() || !(event.what() instanceof Changed changed)) {
            return CompletableFuture.completedFuture(event);
        }
        return diff(event.roomId(), noted.touched().get())
                .thenApply(diff -> new RoomEvent(
                        event.roomId(),
                        event.time(),
                        event.node(),
                        new Changed(
                                changed.since(), changed.clock(), changed.counts(), changed.by(), Optional.of(diff))));
    }

    private CompletableFuture<Diff> diff(String roomId, Noted.Touched touched) {
        if (touched.tooMany()) {
            return CompletableFuture.completedFuture(Diff.TOO_LARGE);
        }
        if (touched.put().isEmpty()) {
            return CompletableFuture.completedFuture(new Diff(List.of(), touched.removed(), true));
        }
        try (ByteLoan loan = new ByteLoan(memory)) {
            return loan.during(source.records(roomId, touched.put(), loan))
                    .thenApply(records -> diff(records, touched.removed()))
                    .toCompletableFuture()
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(error -> Diff.TOO_LARGE);
        }
    }

    private static Diff diff(List<StoredRecord> records, List<String> removed) {
        long bytes = 0;
        for (StoredRecord record : records) {
            bytes += record.json().length;
        }
        for (String id : removed) {
            bytes += id.length();
        }
        if (bytes > MOST_BYTES) {
            return Diff.TOO_LARGE;
        }
        List<JsonObject> put = new ArrayList<>();
        try {
            records.forEach(record -> put.add(record.unpack()));
        } catch (DamagedRecordException e) {
            return Diff.TOO_LARGE;
        }
        return new Diff(List.copyOf(put), removed, true);
    }
}
