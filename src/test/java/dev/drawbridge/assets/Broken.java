package dev.drawbridge.assets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** Bodies of those who go away. */
final class Broken {

    private Broken() {}

    /** Fails after its content. */
    static InputStream after(byte[] content) {
        return new SequenceInputStream(new ByteArrayInputStream(content), new Failing());
    }

    private static final class Failing extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("the client has gone");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
        }
    }
}
