package dev.drawbridge.store.sqlite;

import dev.drawbridge.sqlite.FreePages;
import dev.drawbridge.store.Compaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Gives back to the disk what deleted rooms have left in the file: a few megabytes at a time, so that commits of rooms go
 * in between.
 */
final class FreeSpace {
    private static final int PAGES_AT_ONCE = 512;

    private final Path path;
    private final GroupCommit writer;

    FreeSpace(Path path, GroupCommit writer) {
        this.path = path;
        this.writer = writer;
    }

    CompletionStage<Compaction> giveBack() {
        return writer.submit((rooms, connection) -> FreePages.canBeGivenBack(connection))
                .thenCompose(possible -> possible ? compact() : notHere());
    }

    private CompletionStage<Compaction> notHere() {
        return CompletableFuture.completedFuture(new Compaction.NotHere(
                "The file was made by a version that did not provide for it. Once, with the server"
                        + " stopped: sqlite3 <file> \"PRAGMA auto_vacuum = INCREMENTAL; VACUUM\""));
    }

    private CompletionStage<Compaction> compact() {
        long before = size();
        return step(Long.MAX_VALUE)
                .thenCompose(left -> writer.emptyLog())
                .thenApply(emptied -> new Compaction.Done(before, size()));
    }

    /** The next piece, and those after it, until nothing is left or what is left does not become less. */
    private CompletionStage<Long> step(long leftBefore) {
        return writer.submit((rooms, connection) -> FreePages.giveBack(connection, PAGES_AT_ONCE))
                .thenCompose(
                        left -> left == 0 || left >= leftBefore ? CompletableFuture.completedFuture(left) : step(left));
    }

    private long size() {
        try {
            Path log = path.resolveSibling(path.getFileName() + "-wal");
            return Files.size(path) + (Files.exists(log) ? Files.size(log) : 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
