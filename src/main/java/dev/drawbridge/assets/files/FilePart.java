package dev.drawbridge.assets.files;

import dev.drawbridge.assets.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A part of a file. It stays readable when the file is deleted; it ends early only by failing. */
final class FilePart extends InputStream {
    private final FileChannel file;
    private long left;

    FilePart(Path path, ByteRange range) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.left = range.length();
        try {
            if (file.size() <= range.last()) {
                throw new EOFException(path + " is shorter than it was");
            }
            file.position(range.from());
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int wanted) throws IOException {
        if (left == 0) {
            return -1;
        }
        int read = file.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(wanted, left)));
        if (read < 0) {
            throw new EOFException("the file is shorter than it was");
        }
        left -= read;
        return read;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
