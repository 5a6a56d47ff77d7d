package dev.drawbridge.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The schema of tldraw 5.4.2, as its clients send it. */
final class ClientSchema {
    static final byte[] JSON = read("/schema/serialized/5.4.2.json");

    private ClientSchema() {}

    private static byte[] read(String resource) {
        try (InputStream in = ClientSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("\\s+", "")
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
