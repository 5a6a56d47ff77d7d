package dev.drawbridge.web.assets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drawbridge.assets.Samples;
import dev.drawbridge.assets.renditions.Images;
import io.micrometer.core.instrument.MeterRegistry;
import java.awt.image.BufferedImage;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An image in another size")
class RenditionsIT {
    @TempDir
    static Path folder;

    private static final byte[] PHOTO = Images.jpeg(1600, 1200);

    private static AssetServer server;
    private static AssetClient client;

    @BeforeAll
    static void start() {
        server = AssetServer.start(folder, "--drawbridge.assets.renditions.widths=800,400,1024");
        client = new AssetClient(server.port());
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static String uploaded(byte[] content) throws Exception {
        String path = "/uploads/" + UUID.randomUUID();
        assertThat(client.put(path, content).statusCode()).isEqualTo(201);
        return path;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static BufferedImage image(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return Images.read(response.body());
    }

    @Test
    @DisplayName("is made when it is asked for, kept as a file beside the original, and goes with it")
    void isMade() throws Exception {
        String path = uploaded(PHOTO);

        assertThat(image(client.get(path + "?w=300")).getWidth()).isEqualTo(400);
        assertThat(image(client.get("/api" + path + "?w=401&q=50")).getWidth()).isEqualTo(800);
        assertThat(client.get(path).body()).isEqualTo(PHOTO);

        assertThat(variants()).hasSize(2);
        assertThat(client.send(
                                "DELETE",
                                "/admin/v1/assets/" + path.substring(9),
                                new byte[0],
                                "Authorization",
                                "Bearer secret")
                        .statusCode())
                .isEqualTo(204);
        assertThat(client.get(path + "?w=300").statusCode()).isEqualTo(404);
        assertThat(variants()).isEmpty();
    }

    private static List<Path> variants() throws Exception {
        return server.files("assets").stream()
                .filter(file -> file.getFileName().toString().startsWith("variant."))
                .toList();
    }

    @Test
    @DisplayName("is served as the original is, with a tag of its own")
    void headers() throws Exception {
        String path = uploaded(PHOTO);
        HttpResponse<byte[]> original = client.get(path, "Origin", "https://app.example");
        HttpResponse<byte[]> small = client.get(path + "?w=400", "Origin", "https://app.example");

        for (String name : List.of(
                "Cache-Control",
                "X-Content-Type-Options",
                "Content-Security-Policy",
                "Cross-Origin-Resource-Policy",
                "Access-Control-Allow-Origin",
                "Accept-Ranges",
                "Content-Disposition",
                "Last-Modified",
                "Content-Type")) {
            assertThat(header(small, name)).isNotEmpty().isEqualTo(header(original, name));
        }
        String etag = header(small, "ETag");
        assertThat(etag).isNotEqualTo(header(original, "ETag"));
        assertThat(client.get(path + "?w=400", "If-None-Match", etag).statusCode())
                .isEqualTo(304);
        assertThat(client.get(path, "If-None-Match", etag).statusCode()).isEqualTo(200);
        assertThat(client.get(path + "?w=800", "If-None-Match", etag).statusCode())
                .isEqualTo(200);
        assertThat(header(client.get(path + "?w=399"), "ETag")).isEqualTo(etag);

        HttpResponse<byte[]> part = client.get(path + "?w=400", "Range", "bytes=100-199", "If-Range", etag);
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(header(part, "Content-Range")).isEqualTo("bytes 100-199/" + small.body().length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(small.body(), 100, 200));
        assertThat(client.get(path + "?w=400", "Range", "bytes=9999999-").statusCode())
                .isEqualTo(416);

        HttpResponse<byte[]> head = client.send("HEAD", path + "?w=400", new byte[0]);
        assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(small.body().length));
        assertThat(header(head, "ETag")).isEqualTo(etag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?w=0",
                "?w=-1",
                "?w=",
                "?w",
                "?w=abc",
                "?w=300.5",
                "?w=%F0%9F%A6%8A",
                "?w=%25",
                "?w=1000000000",
                "?w=99999999999999999999",
                "?w=400&w=400",
                "?W=400",
                "?q=50",
                "?w=1025",
                "?w=1e2",
                "?w=0x10",
                "?w=%2B400"
            })
    @DisplayName("that is none is the original")
    void oddValues(String query) throws Exception {
        HttpResponse<byte[]> response = client.get(uploaded(PHOTO)
                + query.replace("?w=%25", "?w=%25").replace("%25F0", "%F0").replace("%252B", "%2B"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(PHOTO);
        assertThat(header(response, "Cache-Control")).endsWith("immutable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "abc", "", "101", "1000000000", "80&q=60"})
    @DisplayName("has the usual quality where the quality that is asked for is none")
    void oddQualities(String quality) throws Exception {
        String path = uploaded(PHOTO);

        assertThat(client.get(path + "?w=400&q=" + quality).body())
                .isEqualTo(client.get(path + "?w=400&q=80").body());
    }

    @Test
    @DisplayName("is the original where that is no wider, moves, is damaged or is too large to be read")
    void originals() throws Exception {
        for (byte[] content : List.of(
                Images.jpeg(300, 200),
                Samples.gif(),
                Samples.apng(),
                Samples.svg(),
                Samples.mp4(),
                Samples.avif(),
                Samples.webp(),
                Samples.jpeg(),
                Arrays.copyOf(PHOTO, PHOTO.length / 2),
                Images.pngHeader(100_000, 100_000))) {
            HttpResponse<byte[]> response = client.get(uploaded(content) + "?w=400");

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(content);
            assertThat(header(response, "Cache-Control")).endsWith("immutable");
        }
    }

    @Test
    @DisplayName("whose file was removed is the original for a minute, and is made again")
    void removed() throws Exception {
        String path = uploaded(PHOTO);
        byte[] small = client.get(path + "?w=400").body();
        for (Path file : variants()) {
            Files.delete(file);
        }

        HttpResponse<byte[]> meanwhile = client.get(path + "?w=400");
        assertThat(meanwhile.body()).isEqualTo(PHOTO);
        assertThat(header(meanwhile, "Cache-Control")).isEqualTo("public, max-age=60");
        assertThat(header(meanwhile, "ETag")).isEqualTo(header(client.get(path), "ETag"));
        assertThat(client.get(path + "?w=400").body()).isEqualTo(small);
    }

    @Test
    @DisplayName("is counted by what has become of it")
    void counted() throws Exception {
        MeterRegistry meters = server.bean(MeterRegistry.class);
        long before = made(meters);
        String path = uploaded(PHOTO);
        client.get(path + "?w=400");
        client.get(path + "?w=400");

        Awaitility.await().until(() -> made(meters) == before + 1);
    }

    private static long made(MeterRegistry meters) {
        return meters.get("drawbridge.assets.renditions")
                .tag("outcome", "made")
                .timer()
                .count();
    }

    @Test
    @DisplayName("is the original where there are no renditions")
    void settings(@TempDir Path other) throws Exception {
        try (AssetServer without = AssetServer.start(other, "--drawbridge.assets.renditions.enabled=false");
                AssetClient asking = new AssetClient(without.port())) {
            asking.put("/uploads/x", PHOTO);
            assertThat(asking.get("/uploads/x?w=400").body()).isEqualTo(PHOTO);
        }
    }
}
