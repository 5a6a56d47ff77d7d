package dev.drawbridge.store;

import dev.drawbridge.json.Json;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * Finds damage in a record that is read back. A room hands records on to its clients byte for byte, so what is broken has
 * to be found here; no tree is made for it.
 */
public final class StoredJson {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private StoredJson() {}

    /**
     * Does nothing when the bytes are one JSON object in UTF-8.
     *
     * @throws StoreException when they are not; the message names what it is that is damaged
     */
    public static void check(byte[] bytes, int offset, int length, String what) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            check(text, what);
        } catch (CharacterCodingException e) {
            throw new StoreException(what + " is damaged: it is not UTF-8", e);
        }
    }

    private static void check(CharBuffer text, String what) {
        try (JsonParser parser = FACTORY.createParser(
                ObjectReadContext.empty(), text.array(), text.arrayOffset() + text.position(), text.remaining())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new StoreException(what + " is damaged: it is no JSON object");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new StoreException(what + " is damaged: there is more after the end of its JSON");
            }
        } catch (StreamConstraintsException e) {
            throw new StoreException(what + " is damaged: it is nested too deep", e);
        } catch (JacksonException e) {
            throw new StoreException(
                    what + " is damaged: it is no JSON at " + e.getLocation().offsetDescription(), e);
        }
    }
}
