package dev.drawbridge.assets.s3;

import dev.drawbridge.assets.AssetStoreException;
import dev.drawbridge.assets.IncomingContent;
import dev.drawbridge.assets.NoSpaceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A content on its way: in a file until it is whole. Then its size and its hash are known, S3 takes it with one request, and
 * that can be repeated. Nothing of a content that breaks off ever goes to S3.
 *
 * <p>The file has no name, where the system can do that: it is gone with the process, however that ends.
 */
final class Spool implements Closeable {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final FileChannel channel;
    private final Folder folder;
    private long size;

    /** Where spools are. */
    static final class Folder {
        private final Path directory;
        private final long limit;
        private final AtomicLong taken = new AtomicLong();

        /** @param limit the most bytes that all of them have together */
        Folder(Path directory, long limit) {
            this.directory = directory;
            this.limit = limit;
        }

        private void take(long bytes) {
            if (taken.addAndGet(bytes) > limit) {
                taken.addAndGet(-bytes);
                throw new NoSpaceException("there are more than " + limit + " bytes of uploads in " + directory
                        + " already, which wait to go to S3");
            }
        }

        private void giveBack(long bytes) {
            taken.addAndGet(-bytes);
        }

        /** How many bytes are there. */
        long taken() {
            return taken.get();
        }

        AssetStoreException failed(IOException e) {
            String message = "the folder " + directory + " cannot take an upload in: " + e;
            return Files.isWritable(directory) && String.valueOf(e.getMessage()).contains("No space left")
                    ? new NoSpaceException(message, e)
                    : new AssetStoreException(message, e);
        }
    }

    private Spool(FileChannel channel, Folder folder) {
        this.channel = channel;
        this.folder = folder;
    }

    /** Reads a content to its end. What reading it fails with goes out as it is. */
    static Spool of(IncomingContent content, Folder folder) throws IOException {
        Spool spool = new Spool(newFile(folder), folder);
        try {
            spool.takeIn(content);
            return spool;
        } catch (IOException | RuntimeException e) {
            spool.close();
            throw e;
        }
    }

    private static FileChannel newFile(Folder folder) {
        try {
            Files.createDirectories(folder.directory);
            Path file = Files.createTempFile(folder.directory, "upload-", ".spool");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                // Windows: then it goes when it is closed
            }
            return channel;
        } catch (IOException e) {
            throw folder.failed(e);
        }
    }

    private void takeIn(IncomingContent content) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int read;
        while ((read = content.read(buffer, 0, buffer.length)) >= 0) {
            folder.take(read);
            size += read;
            try {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                throw folder.failed(e);
            }
        }
    }

    long size() {
        return size;
    }

    /** The content from its beginning; several may be read at a time. */
    InputStream open() {
        return new InputStream() {
            private long position;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte @Nullable [] buffer, int offset, int wanted) throws IOException {
                int read = channel.read(ByteBuffer.wrap(buffer, offset, wanted), position);
                position += Math.max(read, 0);
                return read;
            }
        };
    }

    @Override
    public void close() throws IOException {
        folder.giveBack(size);
        size = 0;
        channel.close();
    }
}
