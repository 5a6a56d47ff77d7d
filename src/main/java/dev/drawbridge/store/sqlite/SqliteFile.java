package dev.drawbridge.store.sqlite;

import dev.drawbridge.sqlite.Connections;
import dev.drawbridge.sqlite.Layout;
import dev.drawbridge.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database file: its connections, and the lock that keeps a second server away from it. */
final class SqliteFile implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SqliteFile.class);

    private final Path path;
    private final FileChannel lockFile;
    private final RestoreWatch watch;
    private final long generation;

    private SqliteFile(Path path, FileChannel lockFile, Layout layout) throws SQLException {
        this.path = path;
        this.lockFile = lockFile;
        this.watch = new RestoreWatch(path, MarkFile.of(lockFile), BootId.present());
        if (isInUse()) {
            try (Connection connection = connectToRead()) {
                Optional<String> objection =
                        layout.objection(connection, "Choose another drawbridge.store.sqlite.path.");
                if (objection.isPresent()) {
                    throw new StoreException("The room store " + path + " " + objection.get());
                }
            }
        } else {
            layout.begin(path);
        }
        try (Connection connection = connectToWrite()) {
            layout.prepare(connection);
            this.generation = watch.start(connection);
        }
    }

    static SqliteFile open(Path path, Layout layout) {
        FileChannel lockFile = lock(path);
        try {
            return new SqliteFile(path, lockFile, layout);
        } catch (SQLException e) {
            release(lockFile);
            throw SqliteFault.explain(path, e);
        } catch (RuntimeException e) {
            release(lockFile);
            throw e;
        }
    }

    /** Two servers on one file would each take the other's rooms away: the second one must not even start. */
    private static FileChannel lock(Path path) {
        Path lockPath = path.resolveSibling(path.getFileName() + ".lock");
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    lockPath, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StoreException("The room store " + path + " is in use by another process."
                        + " Stop that one, or choose another drawbridge.store.sqlite.path.");
            }
            return channel;
        } catch (IOException e) {
            throw new StoreException(
                    "The room store " + path + " cannot be written. Check the permissions of its folder,"
                            + " or choose another drawbridge.store.sqlite.path. (" + e + ")",
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    /** To SQLite a file that was cut off at its very beginning is a new one; to us it is one that has lost all rooms. */
    private boolean isInUse() {
        try {
            if (!Files.exists(path)) {
                return false;
            }
            boolean empty = Files.size(path) == 0;
            if (empty && watch.isMarked()) {
                throw new StoreException("The room store " + path + " is damaged: it has been in use and is empty now."
                        + " Restore a backup; or delete the file, to begin with no rooms.");
            }
            return !empty;
        } catch (IOException e) {
            throw new StoreException("The room store " + path + " cannot be read: " + e, e);
        }
    }

    Path path() {
        return path;
    }

    /** Rooms that were last written in another generation may have lost commits. */
    long generation() {
        return generation;
    }

    /** To be told of each transaction that is committed. */
    RestoreWatch watch() {
        return watch;
    }

    /** For the one who writes. */
    Connection connectToWrite() throws SQLException {
        return Connections.toWrite(path);
    }

    /** For one who reads. */
    Connection connectToRead() throws SQLException {
        return Connections.toRead(path);
    }

    @Override
    public void close() {
        if (!lockFile.isOpen()) {
            return; // it is closed already
        }
        try (Connection connection = connectToWrite()) {
            watch.stop(connection);
        } catch (SQLException | StoreException e) {
            log.warn("The room store {} could not be marked as stopped", path, e);
        }
        release(lockFile);
    }

    private static void release(FileChannel lockFile) {
        try {
            lockFile.close();
        } catch (IOException e) {
            log.warn("A lock file could not be closed", e);
        }
    }
}
