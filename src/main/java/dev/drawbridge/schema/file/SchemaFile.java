package dev.drawbridge.schema.file;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.json.Quoted;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A description of types, as JSON.
 *
 * @param name    what it is called in messages
 * @param content what it says, whether or not it makes sense
 */
public record SchemaFile(String name, JsonValue content) {
    /** How many bytes it may have. tldraw's own types take a hundredth of that. */
    public static final int MOST_BYTES = 4 << 20;

    /** How many objects and arrays may be open at once. */
    static final int DEEPEST = 100;

    /** Reads the JSON of a file; its meaning is read by {@link SchemaFiles}. */
    public static SchemaFile parse(String name, byte[] utf8) throws SchemaFileException {
        if (utf8.length > MOST_BYTES) {
            throw new SchemaFileException(
                    Quoted.bare(name) + " has " + utf8.length + " bytes; allowed are " + MOST_BYTES);
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
            return new SchemaFile(name, Json.parse(text.startsWith("\uFEFF") ? text.substring(1) : text, DEEPEST));
        } catch (CharacterCodingException e) {
            throw new SchemaFileException(Quoted.bare(name) + " is no UTF-8; allowed are JSON files in UTF-8");
        } catch (JsonException e) {
            throw new SchemaFileException(Quoted.bare(name)
                    + switch (e) {
                        case JsonException.TooDeep deep ->
                            " is nested too deep; allowed are " + DEEPEST + " objects and arrays in each other";
                        case JsonException.Malformed malformed ->
                            " is " + malformed.getMessage() + "; allowed are JSON files";
                        default -> " cannot be read; allowed are JSON files";
                    });
        }
    }
}
