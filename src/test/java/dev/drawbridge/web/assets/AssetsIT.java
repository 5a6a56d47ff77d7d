package dev.drawbridge.web.assets;

import static dev.drawbridge.web.assets.AssetClient.encoded;
import static dev.drawbridge.web.assets.AssetClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.drawbridge.assets.AssetId;
import dev.drawbridge.assets.AssetStore;
import dev.drawbridge.assets.Samples;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Images and videos")
class AssetsIT {
    @TempDir
    static Path folder;

    private static AssetServer server;
    private static AssetClient client;

    @BeforeAll
    static void start() {
        server = AssetServer.start(folder, "--drawbridge.assets.max-size=1MB");
        client = new AssetClient(server.port());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static String newPath() {
        return "/uploads/" + UUID.randomUUID();
    }

    private static String uploaded(byte[] content) throws Exception {
        String path = newPath();
        assertThat(client.put(path, content).statusCode()).isEqualTo(201);
        return path;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Nested
    class Uploads {

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource({
            "PUT, /uploads/",
            "POST, /uploads/",
            "PUT, /api/uploads/",
            "POST, /api/uploads/",
        })
        @DisplayName("come as each of tldraw's templates sends them, and are there in all places")
        void routes(String method, String path) throws Exception {
            String id = UUID.randomUUID() + "-picture.png";

            HttpResponse<byte[]> response = client.send(method, path + id, Samples.png(), "Content-Type", "image/png");

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(header(response, "Location")).isEqualTo(path + id);
            assertThat(header(response, "Content-Type")).isEqualTo("application/json");
            assertThat(text(response)).startsWith("{\"ok\":true,\"id\":\"" + id + "\",\"type\":\"image/png\"");
            for (String place : List.of("/uploads/", "/api/uploads/")) {
                HttpResponse<byte[]> got = client.get(place + id);
                assertThat(got.statusCode()).isEqualTo(200);
                assertThat(got.body()).isEqualTo(Samples.png());
            }
        }

        static Stream<Arguments> types() {
            return Stream.of(
                    arguments("image/png", Samples.png()),
                    arguments("image/apng", Samples.apng()),
                    arguments("image/jpeg", Samples.jpeg()),
                    arguments("image/gif", Samples.gif()),
                    arguments("image/webp", Samples.webp()),
                    arguments("image/avif", Samples.avif()),
                    arguments("image/svg+xml", Samples.svg()),
                    arguments("video/mp4", Samples.mp4()),
                    arguments("video/webm", Samples.webm()),
                    arguments("video/quicktime", Samples.quicktime()));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("types")
        @DisplayName("of each type are served as what they are, whether that was said or not")
        void eachType(String type, byte[] content) throws Exception {
            for (String said : List.of(type, "application/octet-stream", "")) {
                String path = newPath();
                HttpResponse<byte[]> put =
                        said.isEmpty() ? client.put(path, content) : client.put(path, content, "Content-Type", said);
                assertThat(put.statusCode()).isEqualTo(201);
                HttpResponse<byte[]> got = client.get(path);
                assertThat(header(got, "Content-Type")).isEqualTo(type);
                assertThat(got.body()).isEqualTo(content);
            }
        }

        @Test
        @DisplayName("may come in chunks, without a length")
        void chunked() throws Exception {
            String path = newPath();
            byte[] content = Samples.png(700_000);

            HttpResponse<byte[]> response = client.send(
                    client.request(path).PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(client.get(path).body()).isEqualTo(content);
        }

        @Test
        @DisplayName("of the same again are fine, and of something else under the same id are not")
        void again() throws Exception {
            String path = uploaded(Samples.png());

            assertThat(client.put(path, Samples.png()).statusCode()).isEqualTo(200);
            HttpResponse<byte[]> other = client.put(path, Samples.gif());
            assertThat(other.statusCode()).isEqualTo(409);
            assertThat(text(other)).contains("urn:drawbridge:problem:asset-exists");
            assertThat(client.get(path).body()).isEqualTo(Samples.png());
        }

        @Test
        @DisplayName("belong to the room that is told")
        void room() throws Exception {
            String id = UUID.randomUUID().toString();
            client.put("/uploads/" + id + "?room=team-retro", Samples.png());

            assertThat(server.bean(AssetStore.class).find(id).orElseThrow().room())
                    .contains("team-retro");
            assertThat(client.put(newPath() + "?room=no%20room", Samples.png()).statusCode())
                    .isEqualTo(400);
        }

        static Stream<String> ids() {
            return Stream.of(
                    "My holiday (1); 100% Größe.png",
                    "日本語 🦊.jpg",
                    "a/b/c.png",
                    "..%2f..%2fetc%2fpasswd",
                    "../../etc/passwd",
                    "..\\..\\windows\\win.ini",
                    "..hidden",
                    "a?b=c#d&e=f",
                    "a;jsessionid=1",
                    "a+b c",
                    "*'!~()",
                    "\"quoted\"",
                    "<script>",
                    "a%",
                    "%2e%2e",
                    "x".repeat(AssetId.MAX_BYTES),
                    "ü".repeat(AssetId.MAX_BYTES / 2));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("ids")
        @DisplayName("have any id, which is one thing however it is escaped")
        void ids(String id) throws Exception {
            String path = "/uploads/" + encoded(id);
            assertThat(client.put(path, Samples.png()).statusCode()).isIn(200, 201);
            assertThat(server.bean(AssetStore.class).find(id)).isPresent();
            HttpResponse<byte[]> got = client.get("/api" + path);
            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(got.body()).isEqualTo(Samples.png());
            String everyByte = "/uploads/" + escapedThroughout(id);
            assertThat(client.get(everyByte).statusCode()).isEqualTo(200);
        }

        private static String escapedThroughout(String id) {
            StringBuilder escaped = new StringBuilder();
            for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
                escaped.append("%%%02x".formatted(b & 0xff));
            }
            return escaped.toString();
        }
    }

    @Nested
    class Attacks {

        @ParameterizedTest(name = "{0}: {2}")
        @CsvSource(delimiter = '|', textBlock = """
                text/html   | <html><script>alert(1)</script>       | HTML
                image/png   | <html><script>alert(1)</script>       | HTML as an image
                            | alert(1)                              | a script
                image/gif   | GIF89a<script>alert(1)</script>       | a polyglot
                text/html   | GIF89a                                | an image as HTML
                text/plain  | GIF89a                                | an image as text
                image/jpeg  | GIF89a                                | an image as another
                image/svg   | <?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/> | XHTML as an SVG
                image/png   | %PDF-1.7                              | a PDF
                            | ''                                    | nothing
                """)
        @DisplayName("of the wrong type are refused, and leave nothing")
        void wrongType(String type, String content, String what) throws Exception {
            String path = newPath();
            HttpResponse<byte[]> response = type == null
                    ? client.put(path, Samples.bytes(content))
                    : client.put(path, Samples.bytes(content), "Content-Type", type);

            assertThat(response.statusCode()).as(what).isEqualTo(415);
            assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(client.get(path).statusCode()).isEqualTo(404);
        }

        @Test
        @DisplayName("that are compressed are refused: nobody looked into them")
        void compressed() throws Exception {
            assertThat(client.put(newPath(), Samples.png(), "Content-Encoding", "gzip")
                            .statusCode())
                    .isEqualTo(415);
        }

        @Test
        @DisplayName("of SVG with a script are served such that nothing in it runs")
        void svgWithScript() throws Exception {
            byte[] svg = Samples.bytes("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'><script>alert(2)"
                    + "</script><foreignObject><iframe src='javascript:alert(3)'/></foreignObject></svg>");

            HttpResponse<byte[]> got = client.get(uploaded(svg));

            assertThat(header(got, "Content-Type")).isEqualTo("image/svg+xml");
            assertThat(header(got, "Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
            assertThat(header(got, "X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(header(got, "Content-Disposition")).startsWith("attachment;");
        }

        @Test
        @DisplayName("of a GIF that is a script as well are a GIF, and no browser takes it for anything else")
        void gifOfScript() throws Exception {
            HttpResponse<byte[]> got = client.get(uploaded(Samples.bytes("GIF89a/*\0\0\0\0*/=alert(1)//;")));

            assertThat(header(got, "Content-Type")).isEqualTo("image/gif");
            assertThat(header(got, "X-Content-Type-Options")).isEqualTo("nosniff");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "/uploads/%",
                    "/uploads/%zz",
                    "/uploads/a%2",
                    "/uploads/%ff%fe",
                    "/uploads/%c0%ae%c0%ae",
                    "/uploads/%ed%a0%80",
                    "/uploads/a%00b",
                    "/uploads/"
                })
        @DisplayName("with ids that are no text are answered with 400, and nothing is there")
        void noIds(String path) throws Exception {
            byte[] png = Samples.png();
            String put = client.raw("PUT " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: "
                    + png.length + "\r\n\r\n" + new String(png, StandardCharsets.ISO_8859_1));
            assertThat(put).startsWith("HTTP/1.1 400 ");
            assertThat(client.raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .matches("(?s)HTTP/1.1 (400|404) .*");
        }

        @Test
        @DisplayName("with an id that is too long are answered with 400")
        void longId() throws Exception {
            String path = "/uploads/" + "x".repeat(AssetId.MAX_BYTES + 1);
            assertThat(client.put(path, Samples.png()).statusCode()).isEqualTo(400);
            assertThat(client.get(path).statusCode()).isEqualTo(404);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(
                strings = {
                    "/uploads/../admin/v1/rooms",
                    "/uploads/%2e%2e/admin/v1/rooms",
                    "/uploads/..;/admin/v1/rooms",
                    "/api/uploads/../../admin/v1/rooms",
                    "/x/../uploads/a",
                    "//uploads/a"
                })
        @DisplayName("by way of a path reach nothing that is not theirs")
        void paths(String path) throws Exception {
            assertThat(client.raw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .matches("(?s)HTTP/1.1 (400|401|404) .*");
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"107374182400", "1048577", "9223372036854775807"})
        @DisplayName("that are announced as too large are answered before they come")
        void announced(String length) throws Exception {
            String answer = client.raw("PUT " + newPath() + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                    + "Content-Length: " + length + "\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("Connection: close");
        }

        @Test
        @DisplayName("that turn out too large are answered, also to who reads only after sending, and leave nothing")
        void tooLarge() throws Exception {
            String path = newPath();
            byte[] content = Samples.png(3_000_000);

            assertThat(client.put(path, content).statusCode()).isEqualTo(413);
            HttpResponse<byte[]> chunked = client.send(
                    client.request(path).PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(content))));
            assertThat(chunked.statusCode()).isEqualTo(413);
            assertThat(text(chunked)).contains("1048576");
            assertThat(client.get(path).statusCode()).isEqualTo(404);
        }

        @ParameterizedTest(name = "{0}")
        @ValueSource(strings = {"Content-Length: 900000", "Transfer-Encoding: chunked"})
        @DisplayName("that break off leave nothing")
        void broken(String header) throws Exception {
            String id = UUID.randomUUID().toString();
            byte[] half = Samples.png(400_000);
            try (var socket = client.open()) {
                String head = "PUT /uploads/" + id + "?room=broken HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n"
                        + (header.startsWith("T") ? Integer.toHexString(900_000) + "\r\n" : "");
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
                socket.getOutputStream().write(half);
                Awaitility.await().until(() -> uploading() == 1);
            }
            Awaitility.await().until(() -> uploading() == 0);
            assertThat(client.get("/uploads/" + id).statusCode()).isEqualTo(404);
            AssetStore store = server.bean(AssetStore.class);
            assertThat(store.usageOfRoom("broken").count()).isZero();
            assertThat(server.files("assets/tmp")).isEmpty();
        }

        private int uploading() {
            return server.bean(dev.drawbridge.assets.Uploads.class).underWay();
        }

        @ParameterizedTest(name = "{0}: {1}")
        @CsvSource(delimiter = '|', textBlock = """
                bytes=5-2               | 416
                bytes=abc               | 416
                bytes=-                 | 416
                bytes=                  | 200
                bytes=-0                | 416
                bytes=1000-             | 416
                bytes=9223372036854775807- | 416
                bytes=99999999999999999999- | 416
                bytes=0-0,2-3           | 200
                lines=1-2               | 200
                """)
        @DisplayName("on ranges get what is said of them, and never more than there is")
        void ranges(String range, int status) throws Exception {
            HttpResponse<byte[]> got = client.get(uploaded(Samples.gif()), "Range", range);

            assertThat(got.statusCode()).isEqualTo(status);
            if (status == 416) {
                assertThat(header(got, "Content-Range")).isEqualTo("bytes */" + Samples.gif().length);
                assertThat(header(got, "Cache-Control")).isEqualTo("no-store");
            } else {
                assertThat(got.body()).isEqualTo(Samples.gif());
            }
        }

        @Test
        @DisplayName("on ranges by thousands get the whole once, or nothing")
        void manyRanges() throws Exception {
            String path = uploaded(Samples.gif());
            HttpResponse<byte[]> some = client.get(path, "Range", "bytes=" + "0-,".repeat(50) + "0-");
            assertThat(some.body()).isEqualTo(Samples.gif());
            HttpResponse<byte[]> many = client.get(path, "Range", "bytes=" + "0-,".repeat(1_000) + "0-");
            assertThat(many.statusCode()).isEqualTo(416);
        }
    }

    @Nested
    class Downloads {

        @Test
        @DisplayName("say what they are and that they never change")
        void headers() throws Exception {
            String path = newPath() + encoded("-My (1) Größe.png");
            client.put(path, Samples.png());

            HttpResponse<byte[]> got = client.get(path, "Origin", "https://app.example");

            assertThat(header(got, "Content-Type")).isEqualTo("image/png");
            assertThat(header(got, "ETag")).matches("\"[0-9a-f]{64}\"");
            assertThat(header(got, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(got.headers().allValues("Content-Security-Policy"))
                    .containsExactly("default-src 'none'; sandbox");
            assertThat(got.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(header(got, "Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
            assertThat(header(got, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(got.headers().allValues("Vary")).contains("Origin");
            assertThat(header(got, "Accept-Ranges")).isEqualTo("bytes");
            assertThat(header(got, "Last-Modified")).endsWith("GMT");
            assertThat(header(got, "Content-Disposition"))
                    .startsWith("inline;")
                    .contains("filename*=UTF-8''")
                    .contains("Gr%C3%B6%C3%9Fe.png");
        }

        @ParameterizedTest(name = "{0}: {1} to {2}")
        @CsvSource({"bytes=0-0, 0, 0", "bytes=2-5, 2, 5", "bytes=40-, 40, 42", "bytes=-3, 40, 42", "bytes=30-99, 30, 42"
        })
        @DisplayName("give the part that is asked for")
        void part(String range, int from, int last) throws Exception {
            byte[] gif = Samples.gif();
            assertThat(gif).hasSize(43);
            String path = uploaded(gif);

            HttpResponse<byte[]> got = client.get(path, "Range", range);

            assertThat(got.statusCode()).isEqualTo(206);
            assertThat(header(got, "Content-Range")).isEqualTo("bytes " + from + "-" + last + "/43");
            assertThat(got.body()).isEqualTo(Arrays.copyOfRange(gif, from, last + 1));
            assertThat(header(got, "ETag")).isEqualTo(header(client.get(path), "ETag"));
            assertThat(header(got, "Cache-Control")).startsWith("public");
        }

        @Test
        @DisplayName("go on with what somebody has only when it is the same")
        void ifRange() throws Exception {
            String path = uploaded(Samples.gif());
            HttpResponse<byte[]> whole = client.get(path);

            for (String same : List.of(header(whole, "ETag"), header(whole, "Last-Modified"))) {
                assertThat(client.get(path, "Range", "bytes=1-2", "If-Range", same)
                                .statusCode())
                        .isEqualTo(206);
            }
            for (String other :
                    List.of("\"another\"", "W/" + header(whole, "ETag"), "Thu, 01 Jan 1970 00:00:00 GMT", "x")) {
                assertThat(client.get(path, "Range", "bytes=1-2", "If-Range", other)
                                .statusCode())
                        .isEqualTo(200);
            }
        }

        @Test
        @DisplayName("are not sent again to who has them")
        void conditional() throws Exception {
            String path = uploaded(Samples.gif());
            HttpResponse<byte[]> whole = client.get(path);
            String etag = header(whole, "ETag");

            for (String known : List.of(etag, "\"a\", " + etag, "W/" + etag)) {
                HttpResponse<byte[]> got = client.get(path, "If-None-Match", known, "Origin", "https://app.example");
                assertThat(got.statusCode()).as(known).isEqualTo(304);
                assertThat(got.body()).isEmpty();
                assertThat(header(got, "ETag")).isEqualTo(etag);
                assertThat(header(got, "Cache-Control")).startsWith("public");
                assertThat(header(got, "Access-Control-Allow-Origin")).isEqualTo("*");
            }
            assertThat(client.get(path, "If-None-Match", "\"other\"").statusCode())
                    .isEqualTo(200);
            assertThat(client.get(path, "If-Modified-Since", header(whole, "Last-Modified"))
                            .statusCode())
                    .isEqualTo(304);
        }

        @Test
        @DisplayName("can be asked for without the content")
        void head() throws Exception {
            String path = uploaded(Samples.gif());

            HttpResponse<byte[]> got = client.send(
                    client.request(path).method("HEAD", BodyPublishers.noBody()).header("Range", "bytes=0-1"));

            assertThat(got.statusCode()).isEqualTo(200);
            assertThat(header(got, "Content-Length")).isEqualTo("43");
            assertThat(header(got, "Content-Type")).isEqualTo("image/gif");
            assertThat(got.body()).isEmpty();
        }

        @Test
        @DisplayName("of what is not there are answered with 404, which nobody keeps")
        void notThere() throws Exception {
            HttpResponse<byte[]> got = client.get(newPath(), "Origin", "https://app.example");

            assertThat(got.statusCode()).isEqualTo(404);
            assertThat(header(got, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(got, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(header(got, "Access-Control-Allow-Origin")).isEqualTo("*");
        }
    }

    @Nested
    class OtherOrigins {

        @Test
        @DisplayName("are told before they upload that they may")
        void preflight() throws Exception {
            HttpResponse<byte[]> response = client.send(client.request(newPath() + "?room=a&token=b")
                    .method("OPTIONS", BodyPublishers.noBody())
                    .headers(
                            "Origin",
                            "https://app.example",
                            "Access-Control-Request-Method",
                            "PUT",
                            "Access-Control-Request-Headers",
                            "authorization,content-type"));

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(header(response, "Access-Control-Allow-Methods"))
                    .contains("PUT")
                    .contains("POST");
            assertThat(header(response, "Access-Control-Allow-Headers")).contains("authorization");
        }

        @Test
        @DisplayName("may read why an upload failed")
        void problems() throws Exception {
            HttpResponse<byte[]> response =
                    client.put(newPath(), Samples.bytes("hello"), "Origin", "https://app.example");

            assertThat(response.statusCode()).isEqualTo(415);
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"DELETE", "PATCH"})
    @DisplayName("are not deleted or changed by their users")
    void otherMethods(String method) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(method, newPath(), new byte[0]);
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Allow")).contains("PUT");
    }
}
