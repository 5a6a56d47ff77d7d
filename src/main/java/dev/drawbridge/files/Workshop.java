package dev.drawbridge.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this process puts together what is to be seen later, and takes apart what is to be seen no more. Its folder is locked
 * for as long as the process lives; the folder of a process that has gone, however it ended, is removed by the next that
 * starts, and not those of others that share the disk.
 */
public final class Workshop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Workshop.class);
    private static final String LOCK = ".lock";

    private final Path folder;
    private final Path lockFile;
    private final FileChannel lock;

    private Workshop(Path folder, Path lockFile, FileChannel lock) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.lock = lock;
    }

    /**
     * Opens a workshop of this process's own, and clears up those that are left.
     *
     * @param all the folder of all workshops, on the same file system as what is made in them
     */
    public static Workshop open(Path all) throws IOException {
        Disk.makeFolder(all);
        clearUp(all);
        while (true) {
            String name = UUID.randomUUID().toString();
            Path lockFile = all.resolve(name + LOCK);
            FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // Somebody else that starts may have taken it for a left one, before it was locked.
            if (tryLock(channel) != null && Files.exists(lockFile)) {
                Path folder = all.resolve(name);
                Disk.makeFolder(folder);
                return new Workshop(folder, lockFile, channel);
            }
            channel.close();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // this very process has it
        }
    }

    private static void clearUp(Path all) throws IOException {
        for (String name : Disk.namesIn(all)) {
            if (name.endsWith(LOCK)) {
                clearUp(all.resolve(name), all.resolve(name.substring(0, name.length() - LOCK.length())));
            }
        }
        for (String name : Disk.namesIn(all)) {
            if (!name.endsWith(LOCK) && !Files.exists(all.resolve(name + LOCK))) {
                Disk.remove(all.resolve(name));
            }
        }
    }

    private static void clearUp(Path lockFile, Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (tryLock(channel) != null) {
                int left = Disk.namesIn(folder).size();
                Disk.remove(folder);
                Files.deleteIfExists(lockFile);
                if (left > 0) {
                    log.info("{} writes that did not come to their end were cleared away", left);
                }
            }
        } catch (NoSuchFileException e) {
            // somebody else has
        }
    }

    /** A place that nobody else uses; nothing is there yet. */
    public Path newPlace() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    /** Clears a place. When that fails the next start does it. */
    public void clear(Path place) {
        try {
            Disk.remove(place);
        } catch (IOException e) {
            log.warn("{} cannot be removed: {}", place, e.toString());
        }
    }

    @Override
    public void close() {
        clear(folder);
        clear(lockFile);
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("{} cannot be closed: {}", lockFile, e.toString());
        }
    }
}
