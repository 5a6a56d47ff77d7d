package dev.drawbridge.json;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Reads a JSON text in UTF-8 part by part while it comes in, so that a large one is never in memory as a whole: strict, and
 * with the meaning that {@link Json} gives it. It stands at a value, which is entered, taken or skipped. A byte order mark
 * at the beginning does not count.
 *
 * <p>A meter is told what is held, in bytes, before it is: what was read of the text, and the trees that were made of it.
 * Whoever needs no more than a part of them says so by {@link #keep}.
 *
 * <p>Each method fails with a {@link JsonException} when the text is not JSON, with a {@link
 * java.nio.charset.CharacterCodingException} when it is not UTF-8, with another {@link IOException} when it does not come,
 * and with whatever the meter throws.
 */
public final class JsonStream implements AutoCloseable {
    /** The text, the parser's characters, a string of them, and a record's encoded form, which grows by doubling. */
    private static final int A_BYTE = 6;

    private static final int A_CONTAINER = 100;
    private static final int A_MEMBER = 72;
    private static final int A_VALUE = 48;

    /** The meter is not asked for each token. */
    private static final int STEP = 16 << 10;

    private final Meter meter;
    private final JsonParser parser;
    private final JsonReader reader;

    /** What is held of which nobody has said that it is kept. */
    private long passing;

    private long unmetered;

    /** Counts bytes that are held. */
    public interface Meter {
        /** Counts nothing. */
        Meter NONE = new Meter() {
            @Override
            public void hold(long bytes) {}

            @Override
            public void release(long bytes) {}
        };

        /** More is going to be held; throws when it must not be. */
        void hold(long bytes);

        /** So much of it is not held any more. */
        void release(long bytes);
    }

    private JsonStream(InputStream utf8, Meter meter) {
        this.meter = meter;
        this.parser = new MeteredParser(Json.FACTORY.createParser(
                ObjectReadContext.empty(),
                // Not with the parser's own reader of bytes: see Json.parse.
                new InputStreamReader(new MeteredInput(utf8), StandardCharsets.UTF_8.newDecoder())));
        this.reader = new JsonReader(parser);
    }

    /** Stands at the value that the text is. Closing the stream leaves the text open. */
    public static JsonStream of(InputStream utf8, Meter meter) throws IOException, JsonException {
        JsonStream stream = new JsonStream(withoutByteOrderMark(utf8), meter);
        if (stream.next() == null) {
            throw new JsonException.Malformed("no JSON at all");
        }
        return stream;
    }

    private static InputStream withoutByteOrderMark(InputStream utf8) throws IOException {
        PushbackInputStream in = new PushbackInputStream(utf8, 3);
        byte[] start = in.readNBytes(3);
        if (start.length < 3 || start[0] != (byte) 0xef || start[1] != (byte) 0xbb || start[2] != (byte) 0xbf) {
            in.unread(start);
        }
        return in;
    }

    /** Enters the value if it is an object. */
    public boolean enterObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    /** Goes on to the next member of the object that was entered, whose value was left, and says its name. */
    public @Nullable String nextMember() throws IOException, JsonException {
        try {
            String name = parser.nextName();
            if (name != null) {
                parser.nextToken();
            }
            return name;
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    /** Enters the value if it is an array. */
    public boolean enterArray() {
        return parser.currentToken() == JsonToken.START_ARRAY;
    }

    /** Goes on to the next item of the array that was entered; false at its end, which leaves the array. */
    public boolean nextItem() throws IOException, JsonException {
        return next() != JsonToken.END_ARRAY;
    }

    /** Takes the value, as a tree. */
    public JsonValue value() throws IOException, JsonException {
        try {
            return reader.value(Objects.requireNonNull(parser.currentToken()), Json.MAX_DEPTH);
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    /** Leaves the value out. */
    public void skip() throws IOException, JsonException {
        try {
            parser.skipChildren();
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    /** Of all that was read since this was called last only so many bytes are held on. */
    public void keep(long bytes) {
        meter.release(passing);
        passing = 0;
        unmetered = 0;
        meter.hold(bytes);
    }

    /** All that was read since {@link #keep} was called last is held on. */
    public void keepAll() {
        meter.hold(unmetered);
        passing = 0;
        unmetered = 0;
    }

    /** Makes sure that nothing comes after the value. */
    public void end() throws IOException, JsonException {
        if (next() != null) {
            throw new JsonException.Malformed("more after the end of the JSON value");
        }
    }

    private @Nullable JsonToken next() throws IOException, JsonException {
        try {
            return parser.nextToken();
        } catch (JacksonException e) {
            throw failure(e);
        }
    }

    private static JsonException failure(JacksonException e) throws IOException {
        if (e.getCause() instanceof IOException cause) {
            throw cause;
        }
        return Json.translated(e);
    }

    @Override
    public void close() {
        parser.close();
    }

    private void hold(long bytes) {
        unmetered += bytes;
        if (unmetered >= STEP) {
            meter.hold(unmetered);
            passing += unmetered;
            unmetered = 0;
        }
    }

    private final class MeteredInput extends FilterInputStream {

        MeteredInput(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = super.read(bytes, offset, length);
            if (read > 0) {
                hold((long) read * A_BYTE);
            }
            return read;
        }

        @Override
        public void close() {
            // whoever opened it closes it
        }
    }

    /** Counts what is made of tokens. */
    private final class MeteredParser extends JsonParserDelegate {

        MeteredParser(JsonParser parser) {
            super(parser);
        }

        @Override
        public @Nullable JsonToken nextToken() {
            JsonToken token = super.nextToken();
            if (token != null) {
                hold(token.isStructStart() ? A_CONTAINER : A_VALUE);
            }
            return token;
        }

        @Override
        public @Nullable String nextName() {
            String name = super.nextName();
            if (name != null) {
                hold(A_MEMBER);
            }
            return name;
        }
    }
}
