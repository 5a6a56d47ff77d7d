package dev.drawbridge.host;

import dev.drawbridge.room.Author;
import dev.drawbridge.room.RecordWrite;
import dev.drawbridge.room.WriteVerdict;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Decides about writes of records for rooms, in its own time: only whose write it is waits for that. */
@FunctionalInterface
public interface RecordAuthority {

    /** Nobody is there to allow anything. */
    RecordAuthority NONE =
            (roomId, author, writes) -> CompletableFuture.failedStage(new IllegalStateException("nobody decides"));

    /**
     * Is asked about the writes of one push; itself it never waits. It answers in the end, with a verdict each, in their order;
     * when it fails all of them are refused.
     */
    CompletionStage<List<WriteVerdict>> decide(String roomId, Author author, List<RecordWrite> writes);
}
