package dev.drawbridge.web.admin;

import dev.drawbridge.json.Json;
import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.RoomSnapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;

/**
 * Reads the bodies of requests as the rest of the server reads JSON: strictly, with JavaScript's meaning and a bound on
 * depth. Records pass through it, and must not come out changed.
 */
final class BodyReader implements HttpMessageConverter<Object> {
    private static final Map<Class<?>, Function<JsonValue, Object>> READERS = Map.of(
            CreateRoom.class, CreateRoom::read,
            DuplicateRoom.class, DuplicateRoom::read,
            ChangeRecords.class, ChangeRecords::read,
            ChangeRights.class, ChangeRights::read,
            CustomMessage.class, CustomMessage::read,
            RoomSnapshot.class, Snapshots::read,
            JsonObject.class, json -> Members.object(json, "the body"));

    private final int maxSize;

    BodyReader(int maxSize) {
        this.maxSize = maxSize;
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return READERS.containsKey(type); // of whatever media type: no other converter may have a try at them
    }

    @Override
    public Object read(Class<? extends Object> type, HttpInputMessage input) throws IOException {
        Function<JsonValue, Object> reader = READERS.get(type);
        if (reader == null) {
            throw new IllegalArgumentException("no reader for " + type);
        }
        if (!isJson(input.getHeaders().getContentType())) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected application/json");
        }
        return reader.apply(json(input));
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null
                && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
    }

    private JsonValue json(HttpInputMessage input) throws IOException {
        byte[] body = bounded(input);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return Json.parse(text);
        } catch (CharacterCodingException e) {
            throw ProblemException.invalidRequest("The body is not UTF-8");
        } catch (JsonException e) {
            throw ProblemException.invalidRequest("The body is no JSON to be taken: " + e.getMessage());
        }
    }

    private byte[] bounded(HttpInputMessage input) throws IOException {
        if (input.getHeaders().getContentLength() > maxSize) {
            throw tooLarge();
        }
        byte[] body = input.getBody().readNBytes(maxSize + 1);
        if (body.length > maxSize) {
            throw tooLarge();
        }
        return body;
    }

    private ProblemException tooLarge() {
        return new ProblemException(ProblemType.PAYLOAD_TOO_LARGE, "The body may have " + maxSize + " bytes");
    }

    @Override
    public boolean canWrite(Class<?> type, @Nullable MediaType mediaType) {
        return false;
    }

    @Override
    public void write(Object body, @Nullable MediaType contentType, HttpOutputMessage output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MediaType> getSupportedMediaTypes() {
        return List.of(MediaType.APPLICATION_JSON);
    }
}
