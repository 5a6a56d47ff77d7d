package dev.drawbridge.web.assets;

import static dev.drawbridge.web.assets.AssetClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drawbridge.assets.Samples;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@DisplayName("Uploads, as they are set")
@ExtendWith(OutputCaptureExtension.class)
class AssetSettingsIT {
    @TempDir
    Path folder;

    private @Nullable AssetServer running;
    private @Nullable AssetClient connected;

    private void start(String... settings) {
        running = AssetServer.start(folder, settings);
        connected = new AssetClient(running.port());
    }

    private AssetServer server() {
        return Objects.requireNonNull(running);
    }

    private AssetClient client() {
        return Objects.requireNonNull(connected);
    }

    @AfterEach
    void stop() {
        if (running != null && connected != null) {
            connected.close();
            running.close();
        }
    }

    private static String newPath() {
        return "/uploads/" + UUID.randomUUID();
    }

    @Test
    @DisplayName("are not there at all with type none")
    void none() throws Exception {
        start("--drawbridge.assets.type=none");

        for (String method : new String[] {"GET", "PUT", "POST", "DELETE"}) {
            byte[] body = method.startsWith("P") ? Samples.png() : new byte[0];
            assertThat(client().send(method, newPath(), body).statusCode())
                    .as(method)
                    .isEqualTo(404);
        }
        assertThat(client().get("/admin/v1/assets", "Authorization", "Bearer secret")
                        .statusCode())
                .isEqualTo(501);
        assertThat(folder.resolve("assets")).doesNotExist();
    }

    @Test
    @DisplayName("come in at a rate for each address, where everybody is let in")
    void rate() throws Exception {
        start("--drawbridge.assets.uploads-per-minute=3");

        for (int i = 0; i < 3; i++) {
            assertThat(client().put(newPath(), Samples.png()).statusCode()).isEqualTo(201);
        }
        HttpResponse<byte[]> response = client().put(newPath(), Samples.png());
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.headers().firstValue("Connection")).contains("close");
    }

    @Test
    @DisplayName("stop when a room, or all, have what they may have, or when the disk is nearly full")
    void quotas() throws Exception {
        start("--drawbridge.assets.max-per-room=200KB", "--drawbridge.assets.max-total=500KB");
        byte[] content = Samples.png(120_000);

        assertThat(client().put(newPath() + "?room=a", content).statusCode()).isEqualTo(201);
        HttpResponse<byte[]> full = client().put(newPath() + "?room=a", content);
        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(text(full)).contains("urn:drawbridge:problem:quota-exceeded").contains("of a room");
        for (String room : new String[] {"b", "c", "d"}) {
            assertThat(client().put(newPath() + "?room=" + room, content).statusCode())
                    .isEqualTo(201);
        }
        full = client().put(newPath() + "?room=e", content);
        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(text(full)).contains("All assets");
    }

    @Test
    @DisplayName("leave what is kept free on the disk")
    void minFree() throws Exception {
        start("--drawbridge.assets.min-free=1000TB");

        HttpResponse<byte[]> full = client().put(newPath(), Samples.png());

        assertThat(full.statusCode()).isEqualTo(507);
        assertThat(text(full)).contains("urn:drawbridge:problem:insufficient-storage");
        assertThat(server().files("assets")).isEmpty();
    }

    @Test
    @DisplayName("are of the types that are named")
    void types() throws Exception {
        start("--drawbridge.assets.types=image/gif,image/bmp");

        assertThat(client().put(newPath(), Samples.png()).statusCode()).isEqualTo(415);
        assertThat(client().put(newPath(), Samples.gif()).statusCode()).isEqualTo(201);
    }

    @Test
    @DisplayName("are of no types in which scripts run")
    void scriptableTypes(CapturedOutput output) {
        assertThatThrownBy(() -> start("--drawbridge.assets.types=image/png,text/html"))
                .hasRootCauseMessage(
                        "drawbridge.assets.types = text/html is not the media type of an image or of a video");
        assertThat(output).contains("APPLICATION FAILED TO START").contains("image/png or video/mp4");
    }

    @Test
    @DisplayName("stop the start when their folder is none")
    void folderIsFile(CapturedOutput output) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> start("--drawbridge.assets.directory=" + file)).isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START").contains("drawbridge.assets.type=none");
    }

    @Test
    @DisplayName("that stop coming, or come too slowly, are answered with 408, and their connection is closed")
    void slow() throws Exception {
        start(
                "--server.tomcat.connection-timeout=1s",
                "--drawbridge.assets.min-speed=1MB",
                "--drawbridge.assets.min-speed-after=500ms");
        byte[] content = Samples.png(900_000);

        String id = UUID.randomUUID().toString();
        try (Socket socket = begin(id, content.length);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            socket.getOutputStream().write(content, 0, 1_000);
            assertThat(answer(socket)).startsWith("HTTP/1.1 408 ").contains("Connection: close");
            assertThat(threads.isShutdown()).isFalse();
        }
        try (Socket socket = begin(id, content.length);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var trickle = threads.submit(() -> {
                for (byte each : content) {
                    socket.getOutputStream().write(each);
                    LockSupport.parkNanos(10_000_000);
                }
                return null;
            });
            assertThat(answer(socket)).startsWith("HTTP/1.1 408 ").contains("too-slow");
            Awaitility.await().until(trickle::isDone);
        }
        assertThat(client().get("/uploads/" + id).statusCode()).isEqualTo(404);
        assertThat(server().files("assets")).isEmpty();
    }

    private Socket begin(String id, int length) throws IOException {
        Socket socket = client().open();
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("PUT /uploads/" + id + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Until the connection is closed, or reset. */
    private static String answer(Socket socket) {
        StringBuilder answer = new StringBuilder();
        try {
            InputStream in = socket.getInputStream();
            int next;
            while ((next = in.read()) >= 0) {
                answer.append((char) next);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection is still open after: " + answer, e);
        } catch (IOException e) {
            // reset, after the answer
        }
        return answer.toString();
    }

    @Test
    @DisplayName("come from pages of the origins that are allowed, and from no others")
    void origins() throws Exception {
        start("--drawbridge.websocket.allowed-origins=https://app.example,https://*.team.example");
        String path = newPath();

        HttpResponse<byte[]> allowed = client().put(path, Samples.png(), "Origin", "https://b.team.example");
        assertThat(allowed.statusCode()).isEqualTo(201);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://b.team.example");
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Credentials"))
                .contains("true");
        assertThat(allowed.headers().allValues("Vary")).contains("Origin");

        HttpResponse<byte[]> foreign = client().put(newPath(), Samples.png(), "Origin", "https://evil.example");
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        HttpResponse<byte[]> asked = client().send(client().request(path)
                .method("OPTIONS", BodyPublishers.noBody())
                .headers("Origin", "https://evil.example", "Access-Control-Request-Method", "PUT"));
        assertThat(asked.statusCode()).isEqualTo(403);
        assertThat(client().put(newPath(), Samples.png(), "Origin", "http://127.0.0.1:" + server().port())
                        .statusCode())
                .as("its own pages")
                .isEqualTo(201);
        assertThat(client().get(path).statusCode())
                .as("an image of a page elsewhere")
                .isEqualTo(200);
    }
}
