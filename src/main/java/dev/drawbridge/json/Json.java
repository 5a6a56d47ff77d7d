package dev.drawbridge.json;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes {@link JsonValue}s: strict JSON, nothing before or after it. */
public final class Json {

    /** How many objects and arrays may be open at once. Real records stay below twenty; the stack bears this many. */
    public static final int MAX_DEPTH = 500;

    /** Bounds on length are set where messages come in, on the whole message; here only depth can do harm. */
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(10 * MAX_DEPTH)
                    .build())
            // The table of names outlives the parser: names of megabytes would be kept for good, thousands of them.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private Json() {}

    public static JsonValue parse(String text) throws JsonException {
        return parse(text, MAX_DEPTH);
    }

    /** Reads a text in which no more than so many objects and arrays are open at once; {@link #MAX_DEPTH} is the most. */
    public static JsonValue parse(String text, int maxDepth) throws JsonException {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            return new JsonReader(parser).document(Math.min(maxDepth, MAX_DEPTH));
        } catch (JacksonException e) {
            throw translated(e);
        }
    }

    public static JsonValue parse(byte[] utf8) throws JsonException {
        // Not with the parser's own reader of bytes: it refuses a lone surrogate in a key, which a client may have
        // sent.
        return parse(new String(utf8, StandardCharsets.UTF_8));
    }

    /** The value as UTF-8. A lone surrogate is written as an escape, a number that is not finite as {@code null}. */
    public static byte[] encode(JsonValue value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(value, generator);
        }
        return out.toByteArray();
    }

    /** The value as a text, as {@link #encode} writes it. */
    public static String write(JsonValue value) {
        return new String(encode(value), StandardCharsets.UTF_8);
    }

    private static void write(JsonValue value, JsonGenerator generator) {
        switch (value) {
            case JsonObject object -> {
                generator.writeStartObject();
                for (Map.Entry<String, JsonValue> member : object.entries()) {
                    generator.writeName(member.getKey());
                    write(member.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case JsonArray(List<JsonValue> items) -> {
                generator.writeStartArray();
                for (JsonValue item : items) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            case JsonString(String text) -> generator.writeString(text);
            case JsonNumber(double number) -> writeNumber(number, generator);
            case JsonBoolean(boolean bool) -> generator.writeBoolean(bool);
            case JsonNull ignored -> generator.writeNull();
        }
    }

    private static void writeNumber(double number, JsonGenerator generator) {
        if (number == (long) number) {
            generator.writeNumber((long) number);
        } else if (Double.isFinite(number)) {
            generator.writeNumber(number);
        } else {
            generator.writeNull();
        }
    }

    static JsonException translated(JacksonException e) {
        return e instanceof StreamConstraintsException
                ? new JsonException.TooDeep()
                : new JsonException.Malformed(
                        "not JSON at line " + e.getLocation().getLineNr() + ", column "
                                + e.getLocation().getColumnNr());
    }
}
