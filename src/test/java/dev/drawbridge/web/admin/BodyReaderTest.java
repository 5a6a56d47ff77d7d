package dev.drawbridge.web.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.host.ByteBudget;
import dev.drawbridge.json.JsonNull;
import dev.drawbridge.json.JsonObject;
import dev.drawbridge.json.JsonStream;
import dev.drawbridge.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.mock.http.MockHttpInputMessage;

@DisplayName("The bodies of requests")
class BodyReaderTest {
    private final ByteBudget budget = new ByteBudget(1 << 20);
    private final AtomicLong nanos = new AtomicLong();
    private final BodyReader reader = new BodyReader(200, () -> new Holding(budget), nanos::get);

    private Object read(Class<?> type, String body) throws IOException {
        MockHttpInputMessage input = new MockHttpInputMessage(body.getBytes(StandardCharsets.UTF_8));
        input.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return reader.read(type, input);
    }

    private void refused(ProblemType problem, String detail, Class<?> type, String body) {
        assertThatThrownBy(() -> read(type, body)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.type()).isEqualTo(problem);
            assertThat(refused.detail()).contains(detail);
        });
    }

    @Test
    @DisplayName("are read with JavaScript's meaning")
    void meaning() throws IOException {
        JsonObject record = (JsonObject) read(JsonObject.class, "{\"id\":\"x\",\"__proto__\":1,\"id\":\"y\"}");
        assertThat(record.string("id")).isEqualTo("y");
        assertThat(record.has("__proto__")).isTrue();
    }

    @Test
    @DisplayName("may leave out what is optional, and name nothing unknown")
    void members() throws IOException {
        assertThat(read(ChangeRecords.class, "{}"))
                .isInstanceOfSatisfying(ChangeRecords.class, change -> assertThat(change.ifClock())
                        .isEmpty());
        assertThat(read(CustomMessage.class, "{\"data\":null}")).isEqualTo(new CustomMessage(JsonNull.NULL));
        refused(ProblemType.INVALID_REQUEST, "data: is missing", CustomMessage.class, "{}");
        refused(
                ProblemType.INVALID_REQUEST,
                "put: unknown, expected deletes, ifClock, puts",
                ChangeRecords.class,
                "{\"put\":[]}");
        refused(ProblemType.INVALID_REQUEST, "puts[0]: expected an object", ChangeRecords.class, "{\"puts\":[1]}");
        refused(
                ProblemType.INVALID_REQUEST,
                "readonly: expected true or false",
                ChangeRights.class,
                "{\"readonly\":1}");
        refused(ProblemType.INVALID_REQUEST, "id: expected 1 to 200", CreateRoom.class, "{\"id\":\"\"}");
        refused(ProblemType.INVALID_REQUEST, "id: expected a string", DuplicateRoom.class, "{\"id\":null}");
        refused(ProblemType.INVALID_SNAPSHOT, "a snapshot must be an object", CreateRoom.class, "{\"snapshot\":1}");
    }

    private BodyReader with(long maxSize) {
        return new BodyReader(maxSize, () -> new Holding(budget), nanos::get);
    }

    private static MockHttpInputMessage json(InputStream body) {
        MockHttpInputMessage input = new MockHttpInputMessage(body);
        input.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        return input;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ProblemType problem(BodyReader reader, Class<?> type, HttpInputMessage input) {
        try {
            reader.read(type, input);
            throw new AssertionError("it was read");
        } catch (ProblemException e) {
            return e.type();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("may begin with a byte order mark, which is skipped")
    void byteOrderMark() throws IOException {
        assertThat(read(JsonObject.class, "\ufeff{\"id\":\"x\"}")).isEqualTo(JsonObject.of("id", JsonString.of("x")));
        refused(ProblemType.INVALID_REQUEST, "no JSON at all", JsonObject.class, "\ufeff");
        refused(ProblemType.INVALID_REQUEST, "not JSON", JsonObject.class, "\ufeff\ufeff{}");
    }

    @Test
    @DisplayName("must not be compressed")
    void contentEncoding() {
        MockHttpInputMessage input = json(bytes("{}"));
        input.getHeaders().set("Content-Encoding", "gzip");
        assertThat(problem(reader, JsonObject.class, input)).isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
        input.getHeaders().set("Content-Encoding", "identity");
        assertThatNoException().isThrownBy(() -> reader.read(JsonObject.class, input));
    }

    /** Records of one text each, made as they are read: the body is nowhere as a whole. */
    @SuppressWarnings("JdkObsolete") // the stream asks for it
    private static InputStream snapshot(int records, String state) {
        Iterator<InputStream> parts = Stream.of(
                        Stream.of(bytes("{\"snapshot\":{\"documents\":[")),
                        IntStream.range(0, records)
                                .mapToObj(i -> bytes((i > 0 ? "," : "") + "{\"state\":{\"id\":\"shape:" + i + "\","
                                        + state + "},\"lastChangedClock\":1}")),
                        Stream.of(bytes("]}}")))
                .flatMap(Function.identity())
                .iterator();
        return new SequenceInputStream(new Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return parts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return parts.next();
            }
        });
    }

    /** The most that was held at once. */
    private static final class Peak implements JsonStream.Meter {
        private long held;
        private long most;

        @Override
        public void hold(long bytes) {
            held += bytes;
            most = Math.max(most, held);
        }

        @Override
        public void release(long bytes) {
            held -= bytes;
        }
    }

    @ParameterizedTest(name = "{0} records of {1} characters")
    @CsvSource({"60, 1000000, ", "50000, 20, ", "60, 300000, {\"\":0}"})
    @DisplayName("with a snapshot are read record by record: no more than one of them is a tree at a time")
    void recordByRecord(int records, int length, String item) throws IOException {
        String meta = item == null
                ? "\"x\":\"" + "x".repeat(length) + '"'
                : "\"x\":[" + (item + ",").repeat(length / item.length()) + "0]";
        Peak peak = new Peak();
        BodyReader reader = new BodyReader(1 << 30, () -> peak, nanos::get);

        CreateRoom read = (CreateRoom) reader.read(CreateRoom.class, json(snapshot(records, meta)));

        long bytes = read.snapshot().orElseThrow().size().bytes();
        assertThat(bytes).isGreaterThan((long) records * length);
        assertThat(peak.held).isBetween(bytes, bytes + 300L * records + 100_000);
        assertThat(peak.most).isLessThan(peak.held + 50L * length + 200_000);
    }

    @Test
    @DisplayName(
            "take what they take in memory from a budget: 413 when it could never be enough, 503 when others have it")
    void memory() {
        BodyReader large = with(1 << 30);
        assertThat(problem(large, CreateRoom.class, json(snapshot(20, "\"x\":\"" + "x".repeat(100_000) + '"'))))
                .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
        budget.giveBack(budget.held()); // as at the end of each request
        assertThat(problem(large, JsonObject.class, json(bytes("{\"x\":[" + "{\"\":0},".repeat(10_000) + "0]}"))))
                .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
        budget.giveBack(budget.held());

        budget.tryTake(900_000);
        assertThat(problem(large, JsonObject.class, json(bytes("{\"x\":\"" + "x".repeat(100_000) + "\"}"))))
                .isEqualTo(ProblemType.UNAVAILABLE);
        assertThat(budget.held()).isLessThan(1 << 20);
    }

    @Test
    @DisplayName("that have not come hold nothing, and those that come too slowly are given up")
    void slow() {
        InputStream trickle = new InputStream() {
            private int left = 100;

            @Override
            public int read() {
                throw new AssertionError();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                assertThat(budget.held()).isZero();
                nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
                bytes[offset] = ' ';
                return left-- > 0 ? 1 : -1;
            }
        };
        assertThat(problem(with(1 << 20), CreateRoom.class, json(trickle))).isEqualTo(ProblemType.TOO_SLOW);
        assertThat(nanos).hasValueBetween(TimeUnit.SECONDS.toNanos(31), TimeUnit.SECONDS.toNanos(33));
    }

    @Test
    @DisplayName("that are refused are read to their end, so that the caller is there for the answer")
    void drained() throws IOException {
        InputStream body = snapshot(1000, "\"x\":1");
        byte[] invalid = "{\"snapshot\":{\"documents\":5}}".getBytes(StandardCharsets.UTF_8);
        InputStream both = new SequenceInputStream(new ByteArrayInputStream(invalid), body);
        assertThat(problem(with(1 << 20), CreateRoom.class, json(both))).isEqualTo(ProblemType.INVALID_SNAPSHOT);
        assertThat(both.read()).isEqualTo(-1);
    }

    @Test
    @DisplayName("are bounded, UTF-8, and JSON to the end")
    void strict() {
        refused(ProblemType.PAYLOAD_TOO_LARGE, "200 bytes", JsonObject.class, "{\"x\":\"" + "x".repeat(200) + "\"}");
        refused(ProblemType.INVALID_REQUEST, "more after the end", JsonObject.class, "{}{}");
        MockHttpInputMessage latin = new MockHttpInputMessage("{\"x\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1));
        latin.getHeaders().setContentType(MediaType.APPLICATION_JSON);
        assertThatThrownBy(() -> reader.read(JsonObject.class, latin)).hasMessage("The body is not UTF-8");
        MockHttpInputMessage text = new MockHttpInputMessage("{}".getBytes(StandardCharsets.UTF_8));
        text.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        assertThatThrownBy(() -> reader.read(JsonObject.class, text)).hasMessageContaining("application/json");
    }
}
