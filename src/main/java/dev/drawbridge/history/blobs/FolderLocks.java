package dev.drawbridge.history.blobs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one at a time change what is in a folder, among all processes that share the disk. A process that dies holds nothing
 * any more. The files that are locked stay, a few dozen: one that is removed could be locked by two.
 */
final class FolderLocks {
    private static final int FILES = 64;

    /**
     * Of this process, by the file: the system locks a file for a whole process, and gives that up as soon as the process
     * closes it anywhere.
     */
    private static final Map<Path, ReentrantLock> IN_HERE = new ConcurrentHashMap<>();

    private final Path files;

    /** @param files the folder of the files that are locked; it is there */
    FolderLocks(Path files) throws IOException {
        this.files = files.toRealPath();
    }

    /** Something that the disk may fail at. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    <T> T holding(String folder, Work<T> work) throws IOException {
        Path file = files.resolve(Integer.toString(Math.floorMod(folder.hashCode(), FILES)));
        ReentrantLock inHere = IN_HERE.computeIfAbsent(file, any -> new ReentrantLock());
        inHere.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock of " + file + " is lost");
            }
            return work.run();
        } finally {
            inHere.unlock();
        }
    }
}
