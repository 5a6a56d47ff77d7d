package dev.drawbridge.store.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** Where the text of a {@link Mark} is kept. */
interface MarkFile {

    /** What was written last; empty when nothing was. */
    String read() throws IOException;

    /**
     * Writes the text in the place of the last one.
     *
     * @param synced whether it is to survive a power cut from now on
     */
    void write(String text, boolean synced) throws IOException;

    /** At the beginning of a file that is kept open. */
    static MarkFile of(FileChannel file) {
        return new InFile(file);
    }

    /** The one of {@link #of}. */
    record InFile(FileChannel file) implements MarkFile {
        private static final int MOST_READ = 1_000;

        @Override
        public String read() throws IOException {
            ByteBuffer content = ByteBuffer.allocate(MOST_READ);
            file.read(content, 0);
            return new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
        }

        @Override
        public void write(String text, boolean synced) throws IOException {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            if (synced) {
                file.force(true);
            }
        }
    }
}
