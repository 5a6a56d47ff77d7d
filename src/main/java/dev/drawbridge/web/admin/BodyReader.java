package dev.drawbridge.web.admin;

import dev.drawbridge.json.JsonException;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.JsonValue;
import dev.drawbridge.room.RoomSnapshot;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;

/**
 * Reads the bodies of requests as the rest of the server reads JSON: strictly, with JavaScript's meaning and a bound on
 * depth. Records pass through it, and must not come out changed. What is large is read as it comes, and what it takes in
 * memory is taken from a budget first.
 */
final class BodyReader implements HttpMessageConverter<Object> {
    private static final Map<Class<?>, Reader> READERS = Map.ofEntries(
            Map.entry(CreateRoom.class, CreateRoom::read),
            Map.entry(RoomSnapshot.class, Snapshots::read),
            Map.entry(ImportedRoom.class, json -> new ImportedRoom(Snapshots.read(json))),
            Map.entry(DuplicateRoom.class, whole(DuplicateRoom::read)),
            Map.entry(MoveRoom.class, whole(MoveRoom::read)),
            Map.entry(ChangeRecords.class, whole(ChangeRecords::read)),
            Map.entry(ChangeRights.class, whole(ChangeRights::read)),
            Map.entry(CustomMessage.class, whole(CustomMessage::read)),
            Map.entry(MakeVersion.class, whole(MakeVersion::read)),
            Map.entry(MakeOwnVersion.class, whole(MakeOwnVersion::read)),
            Map.entry(RenameVersion.class, whole(RenameVersion::read)),
            Map.entry(ResendLetters.class, whole(ResendLetters::read)),
            Map.entry(MakeLink.class, whole(MakeLink::read)),
            Map.entry(JsonObject.class, whole(json -> Members.object(json, "the body"))));

    /** Nobody needs more to name a version. */
    private static final long MOST_OF_A_USER = 16 << 10;

    private final long maxSize;
    private final Supplier<? extends JsonStream.Meter> holdings;
    private final LongSupplier nanoTime;

    /** Reads a body from the value that it is. */
    @FunctionalInterface
    private interface Reader {
        Object read(JsonStream json) throws IOException, JsonException;
    }

    /**
     * @param maxSize how many bytes a body may have
     * @param holdings makes the meter of a request, which throws a {@link ProblemException} when it takes too much memory
     */
    BodyReader(long maxSize, Supplier<? extends JsonStream.Meter> holdings, LongSupplier nanoTime) {
        this.maxSize = maxSize;
        this.holdings = holdings;
        this.nanoTime = nanoTime;
    }

    private static Reader whole(Function<JsonValue, Object> reader) {
        return json -> {
            JsonValue value = json.value();
            json.keepAll();
            json.end();
            return reader.apply(value);
        };
    }

    @Override
    public boolean canRead(Class<?> type, @Nullable MediaType mediaType) {
        return READERS.containsKey(type); // of whatever media type: no other converter may have a try at them
    }

    @Override
    public Object read(Class<? extends Object> type, HttpInputMessage input) throws IOException {
        Reader reader = READERS.get(type);
        if (reader == null) {
            throw new IllegalArgumentException("no reader for " + type);
        }
        boolean isImport = type == ImportedRoom.class;
        checkHeaders(input.getHeaders(), isImport ? ImportedRoom.MEDIA_TYPES : List.of());
        long most = type == MakeOwnVersion.class ? Math.min(maxSize, MOST_OF_A_USER) : maxSize;
        ArrivingBody body = new ArrivingBody(input.getBody(), most, nanoTime);
        try {
            return isImport && ImportedRoom.isDatabase(input.getHeaders().getContentType())
                    ? ImportedRoom.ofDatabase(body, holdings.get())
                    : read(reader, body);
        } catch (ProblemException e) {
            if (e.type() != ProblemType.TOO_SLOW && e.type() != ProblemType.PAYLOAD_TOO_LARGE) {
                body.drain();
            }
            throw e;
        }
    }

    private Object read(Reader reader, ArrivingBody body) throws IOException {
        try (JsonStream json = JsonStream.of(body, holdings.get())) {
            Object read = reader.read(json);
            json.end();
            return read;
        } catch (CharacterCodingException e) {
            throw ProblemException.invalidRequest("The body is not UTF-8");
        } catch (JsonException e) {
            throw ProblemException.invalidRequest("The body is no JSON to be taken: " + e.getMessage());
        } catch (SocketTimeoutException e) {
            throw new ProblemException(ProblemType.TOO_SLOW, "The body did not come");
        }
    }

    /** @param others what is taken beside JSON */
    private void checkHeaders(HttpHeaders headers, List<MediaType> others) {
        MediaType type = headers.getContentType();
        if (!isJson(type) && (type == null || others.stream().noneMatch(other -> other.equalsTypeAndSubtype(type)))) {
            String expected = Stream.concat(Stream.of(MediaType.APPLICATION_JSON), others.stream())
                    .map(MediaType::toString)
                    .collect(Collectors.joining(" or "));
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected " + expected);
        }
        if (!headers.getValuesAsList(HttpHeaders.CONTENT_ENCODING).stream().allMatch("identity"::equalsIgnoreCase)) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding: the body must not be compressed");
        }
        if (headers.getContentLength() > maxSize) {
            throw ArrivingBody.tooLarge(maxSize);
        }
    }

    private static boolean isJson(@Nullable MediaType type) {
        return type != null
                && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(type)
                && (type.getCharset() == null || StandardCharsets.UTF_8.equals(type.getCharset()));
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
